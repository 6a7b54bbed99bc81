/** See supervisor.mjs. */
export function whenSupervisorIsLost(lost: () => void): () => void;

/** See supervisor.mjs. */
export function whenParentIsLost(lost: () => void): () => void;
