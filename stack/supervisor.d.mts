/** See supervisor.mjs. */
export function whenSupervisorIsLost(lost: () => void): () => void;
