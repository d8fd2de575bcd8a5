-- A flow's executions are listed and counted by status; without one, the lists of all five are merged.
CREATE INDEX "execution_flow_id_status_id_idx" ON "execution"("flow_id", "status", "id");
DROP INDEX "execution_flow_id_id_idx";
CREATE INDEX "flow_updated_at_id_idx" ON "flow"("updated_at", "id");
