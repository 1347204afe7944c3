-- Skills
--
-- Packages of workflows and adapters, installed by users.

-- A skill package that a user has installed, with its workflow and its adapter.
-- A package is installed once per user. An installation may stand without a
-- workflow, for example while it waits for approval or when it has failed; it
-- goes with the user or with the workflow.
CREATE TABLE skill_installations (
  id                  uuid          NOT NULL,
  package_id          varchar(255)  NOT NULL,
  user_id             uuid          NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  workflow_id         uuid          REFERENCES workflows (id) ON DELETE CASCADE,
  adapter_id          varchar(255)  NOT NULL,
  package_version     varchar(50)   NOT NULL,
  manifest            jsonb         NOT NULL DEFAULT '{}',
  installation_status varchar(20)   NOT NULL DEFAULT 'installed',
  installed_at        timestamptz   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  uninstalled_at      timestamptz,
  error_message       varchar(1000),
  created_at          timestamptz   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at          timestamptz   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at          timestamptz,
  is_deleted          boolean       NOT NULL DEFAULT false,
  status              varchar(20)   NOT NULL DEFAULT 'active',
  created_by          varchar(255),
  updated_by          varchar(255),
  version             integer       NOT NULL DEFAULT 1,
  metadata            jsonb,
  tags                jsonb,

  CONSTRAINT pk_skill_installations PRIMARY KEY (id),
  CONSTRAINT uq_skill_installations_adapter_id UNIQUE (adapter_id),
  CONSTRAINT uq_skill_installations_user_package UNIQUE (user_id, package_id),
  CONSTRAINT ck_skill_installations_status CHECK (installation_status IN (
    'installing', 'installed', 'uninstalled', 'failed', 'pending_approval'
  ))
);
CREATE INDEX idx_skill_installations_package_id ON skill_installations (package_id);
CREATE INDEX idx_skill_installations_user_id ON skill_installations (user_id);
CREATE INDEX idx_skill_installations_workflow_id ON skill_installations (workflow_id);
CREATE INDEX idx_skill_installations_adapter_id ON skill_installations (adapter_id);
CREATE INDEX idx_skill_installations_installation_status
  ON skill_installations (installation_status);
