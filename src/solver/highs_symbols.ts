/**
 * The functions of the HiGHS C interface that are called, each with its prototype. `HighsInt` is a
 * 32-bit integer; a library built with 64 bits is refused before any array reaches it.
 */
export const HIGHS_SYMBOLS = {
  // void* Highs_create(void)
  Highs_create: { parameters: [], result: "pointer" },
  // void Highs_destroy(void* highs)
  Highs_destroy: { parameters: ["pointer"], result: "void" },
  // const char* Highs_version(void)
  Highs_version: { parameters: [], result: "pointer" },
  // HighsInt Highs_getSizeofHighsInt(const void* highs)
  Highs_getSizeofHighsInt: { parameters: ["pointer"], result: "i32" },

  // HighsInt Highs_setBoolOptionValue(void* highs, const char* option, const HighsInt value)
  Highs_setBoolOptionValue: { parameters: ["pointer", "buffer", "i32"], result: "i32" },
  // HighsInt Highs_setIntOptionValue(void* highs, const char* option, const HighsInt value)
  Highs_setIntOptionValue: { parameters: ["pointer", "buffer", "i32"], result: "i32" },
  // HighsInt Highs_setDoubleOptionValue(void* highs, const char* option, const double value)
  Highs_setDoubleOptionValue: { parameters: ["pointer", "buffer", "f64"], result: "i32" },
  // HighsInt Highs_setStringOptionValue(void* highs, const char* option, const char* value)
  Highs_setStringOptionValue: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },

  // HighsInt Highs_passLp(void* highs, const HighsInt num_col, const HighsInt num_row,
  //   const HighsInt num_nz, const HighsInt a_format, const HighsInt sense, const double offset,
  //   const double* col_cost, const double* col_lower, const double* col_upper,
  //   const double* row_lower, const double* row_upper, const HighsInt* a_start,
  //   const HighsInt* a_index, const double* a_value)
  Highs_passLp: {
    parameters: [
      "pointer",
      "i32",
      "i32",
      "i32",
      "i32",
      "i32",
      "f64",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
    ],
    result: "i32",
  },
  // HighsInt Highs_getNumNz(const void* highs)
  Highs_getNumNz: { parameters: ["pointer"], result: "i32" },
  // HighsInt Highs_getLp(const void* highs, const HighsInt a_format, HighsInt* num_col,
  //   HighsInt* num_row, HighsInt* num_nz, HighsInt* sense, double* offset, double* col_cost,
  //   double* col_lower, double* col_upper, double* row_lower, double* row_upper,
  //   HighsInt* a_start, HighsInt* a_index, double* a_value, HighsInt* integrality)
  Highs_getLp: {
    parameters: [
      "pointer",
      "i32",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
      "buffer",
    ],
    result: "i32",
  },

  // HighsInt Highs_changeColsBoundsByRange(void* highs, const HighsInt from_col,
  //   const HighsInt to_col, const double* lower, const double* upper)
  Highs_changeColsBoundsByRange: {
    parameters: ["pointer", "i32", "i32", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_changeColsBoundsBySet(void* highs, const HighsInt num_set_entries,
  //   const HighsInt* set, const double* lower, const double* upper)
  Highs_changeColsBoundsBySet: {
    parameters: ["pointer", "i32", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_changeRowsBoundsByRange(void* highs, const HighsInt from_row,
  //   const HighsInt to_row, const double* lower, const double* upper)
  Highs_changeRowsBoundsByRange: {
    parameters: ["pointer", "i32", "i32", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_changeRowsBoundsBySet(void* highs, const HighsInt num_set_entries,
  //   const HighsInt* set, const double* lower, const double* upper)
  Highs_changeRowsBoundsBySet: {
    parameters: ["pointer", "i32", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_changeColsCostByRange(void* highs, const HighsInt from_col,
  //   const HighsInt to_col, const double* cost)
  Highs_changeColsCostByRange: { parameters: ["pointer", "i32", "i32", "buffer"], result: "i32" },
  // HighsInt Highs_changeColsCostBySet(void* highs, const HighsInt num_set_entries,
  //   const HighsInt* set, const double* cost)
  Highs_changeColsCostBySet: { parameters: ["pointer", "i32", "buffer", "buffer"], result: "i32" },
  // HighsInt Highs_changeObjectiveOffset(void* highs, const double offset)
  Highs_changeObjectiveOffset: { parameters: ["pointer", "f64"], result: "i32" },
  // HighsInt Highs_changeCoeff(void* highs, const HighsInt row, const HighsInt col,
  //   const double value)
  Highs_changeCoeff: { parameters: ["pointer", "i32", "i32", "f64"], result: "i32" },
  // HighsInt Highs_addRows(void* highs, const HighsInt num_new_row, const double* lower,
  //   const double* upper, const HighsInt num_new_nz, const HighsInt* starts,
  //   const HighsInt* index, const double* value)
  Highs_addRows: {
    parameters: ["pointer", "i32", "buffer", "buffer", "i32", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_deleteRowsByRange(void* highs, const HighsInt from_row, const HighsInt to_row)
  Highs_deleteRowsByRange: { parameters: ["pointer", "i32", "i32"], result: "i32" },
  // HighsInt Highs_deleteRowsBySet(void* highs, const HighsInt num_set_entries,
  //   const HighsInt* set)
  Highs_deleteRowsBySet: { parameters: ["pointer", "i32", "buffer"], result: "i32" },

  // HighsInt Highs_getBasis(const void* highs, HighsInt* col_status, HighsInt* row_status)
  Highs_getBasis: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  // HighsInt Highs_setBasis(void* highs, const HighsInt* col_status, const HighsInt* row_status)
  Highs_setBasis: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  // HighsInt Highs_clearSolver(void* highs)
  Highs_clearSolver: { parameters: ["pointer"], result: "i32" },
  // HighsInt Highs_run(void* highs)
  Highs_run: { parameters: ["pointer"], result: "i32" },
  // HighsInt Highs_getModelStatus(const void* highs)
  Highs_getModelStatus: { parameters: ["pointer"], result: "i32" },
  // HighsInt Highs_getIntInfoValue(const void* highs, const char* info, HighsInt* value)
  Highs_getIntInfoValue: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  // double Highs_getObjectiveValue(const void* highs)
  Highs_getObjectiveValue: { parameters: ["pointer"], result: "f64" },
  // HighsInt Highs_getSolution(const void* highs, double* col_value, double* col_dual,
  //   double* row_value, double* row_dual)
  Highs_getSolution: {
    parameters: ["pointer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  // HighsInt Highs_getDualRay(const void* highs, HighsInt* has_dual_ray, double* dual_ray_value)
  Highs_getDualRay: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  // HighsInt Highs_getPrimalRay(const void* highs, HighsInt* has_primal_ray,
  //   double* primal_ray_value)
  Highs_getPrimalRay: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
} as const;
