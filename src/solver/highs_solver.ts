/** A solver over any kind of HiGHS instance: it makes models and answers for their memory. */
import { CobreError } from "../protocol/mod.ts";
import type { HighsInstance } from "./highs_instance.ts";
import { HighsModel } from "./highs_model.ts";
import type { LpOptions } from "./lp_options.ts";
import type { LpModel, LpSolver, SolverIdentity } from "./lp_solver.ts";

/** See {@link LpSolver}. */
export class HighsSolver implements LpSolver {
  readonly identity: SolverIdentity;
  readonly #createInstance: () => HighsInstance;
  readonly #closeLibrary: () => void;
  readonly #instances = new Set<HighsInstance>();
  // A model that its owner forgot to close is freed when it is collected.
  readonly #forgotten = new FinalizationRegistry<HighsInstance>((instance) => this.#free(instance));
  #closed = false;

  constructor(
    identity: SolverIdentity,
    createInstance: () => HighsInstance,
    closeLibrary: () => void,
  ) {
    this.identity = identity;
    this.#createInstance = createInstance;
    this.#closeLibrary = closeLibrary;
  }

  createModel(options: Partial<LpOptions> = {}): LpModel {
    if (this.#closed) {
      throw CobreError.of("InternalPanic", "createModel: the solver is closed", {
        location: "LpSolver.createModel",
      });
    }
    const instance = this.#createInstance();
    this.#instances.add(instance);
    try {
      const model = new HighsModel(instance, options, (closing) => {
        this.#forgotten.unregister(closing);
        this.#free(instance);
      });
      this.#forgotten.register(model, instance, model);
      return model;
    } catch (error) {
      this.#free(instance);
      throw error;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const instance of this.#instances) instance.destroy();
    this.#instances.clear();
    this.#closeLibrary();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #free(instance: HighsInstance): void {
    instance.destroy();
    this.#instances.delete(instance);
  }
}
