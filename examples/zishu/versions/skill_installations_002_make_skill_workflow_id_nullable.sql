-- revision: skill_installations_002
-- revises: skill_installations_001
-- depends on:
-- branch labels:
-- created: 2025-11-12 00:00:00+08
-- message: make skill workflow id nullable

-- zishu:upgrade
-- An installation may now stand without a workflow, for example while it waits
-- for approval or when it has failed. Deleting a workflow still takes its
-- installation along.
ALTER TABLE skill_installations ALTER COLUMN workflow_id DROP NOT NULL;

-- zishu:downgrade
-- Fails with "contains null values" (23502), and changes nothing, while
-- there is an installation without a workflow: no workflow can be made up for
-- it, and removing it is not for a migration to decide. To find what is in the
-- way:
--   SELECT id, user_id, package_id, installation_status
--   FROM skill_installations WHERE workflow_id IS NULL;
ALTER TABLE skill_installations ALTER COLUMN workflow_id SET NOT NULL;
