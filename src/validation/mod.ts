/** The rules of a case beyond its schema: references, coverage, meaning. */
export { ruleCatalogue } from "./catalogue.ts";
export { validate } from "./validate.ts";
