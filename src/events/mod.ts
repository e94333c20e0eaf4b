/** The event bus. The events themselves are described in the protocol. */
export { EventBus, type Listener, type SubscribeOptions, type Subscription } from "./bus.ts";
