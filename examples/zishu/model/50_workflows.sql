-- Workflows
--
-- Graphs of steps, and the record of their runs.

-- A ready-made workflow to start from.
CREATE TABLE workflow_templates (
  name                varchar(100) NOT NULL,
  slug                varchar(100) NOT NULL UNIQUE,
  description         text,
  category            varchar(50)  NOT NULL,
  tags                varchar[],
  template_definition jsonb        NOT NULL,
  usage_guide         text,
  example_input       jsonb,
  example_output      jsonb,
  author_id           uuid         REFERENCES users (id) ON DELETE SET NULL,
  is_official         boolean      NOT NULL,
  is_featured         boolean      NOT NULL,
  is_active           boolean      NOT NULL,
  usage_count         integer      NOT NULL,
  version             varchar(20)  NOT NULL,

  id                  uuid         PRIMARY KEY,
  created_at          timestamptz  NOT NULL DEFAULT now(),
  updated_at          timestamptz  NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  is_deleted          boolean      NOT NULL,
  status              varchar(20)  NOT NULL,
  created_by          varchar(255),
  updated_by          varchar(255),
  metadata            jsonb
);
CREATE INDEX idx_workflow_templates_slug ON workflow_templates (slug);
CREATE INDEX idx_workflow_templates_category ON workflow_templates (category);
CREATE INDEX idx_workflow_templates_author_id ON workflow_templates (author_id);
CREATE INDEX idx_workflow_templates_official ON workflow_templates (is_official);
CREATE INDEX idx_workflow_templates_featured ON workflow_templates (is_featured);

-- A workflow of a user; a copy remembers what it was cloned from.
CREATE TABLE workflows (
  name                  varchar(100) NOT NULL,
  slug                  varchar(100) NOT NULL,
  description           text,
  user_id               uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  category              varchar(50),
  tags                  varchar[],
  workflow_status       varchar(20)  NOT NULL,
  visibility            varchar(20)  NOT NULL,
  definition            jsonb        NOT NULL,
  version               varchar(20)  NOT NULL,
  trigger_type          varchar(20)  NOT NULL,
  trigger_config        jsonb,
  timeout_seconds       integer      NOT NULL,
  retry_count           integer      NOT NULL,
  retry_delay           integer      NOT NULL,
  environment_variables jsonb,
  execution_count       integer      NOT NULL,
  success_count         integer      NOT NULL,
  failure_count         integer      NOT NULL,
  average_duration_ms   integer,
  is_template           boolean      NOT NULL,
  clone_count           integer      NOT NULL,
  parent_workflow_id    uuid         REFERENCES workflows (id) ON DELETE SET NULL,
  last_executed_at      timestamptz,
  last_execution_status varchar(20),

  id                    uuid         PRIMARY KEY,
  created_at            timestamptz  NOT NULL DEFAULT now(),
  updated_at            timestamptz  NOT NULL DEFAULT now(),
  deleted_at            timestamptz,
  is_deleted            boolean      NOT NULL,
  status                varchar(20)  NOT NULL,
  created_by            varchar(255),
  updated_by            varchar(255),
  metadata              jsonb,

  CONSTRAINT uk_workflows_user_slug UNIQUE (user_id, slug),
  CONSTRAINT check_timeout_seconds CHECK (timeout_seconds BETWEEN 1 AND 86400),
  CONSTRAINT check_retry_count CHECK (retry_count BETWEEN 0 AND 10)
);
CREATE INDEX idx_workflows_slug ON workflows (slug);
CREATE INDEX idx_workflows_user_id ON workflows (user_id);
CREATE INDEX idx_workflows_category ON workflows (category);
CREATE INDEX idx_workflows_status ON workflows (workflow_status);
CREATE INDEX idx_workflows_visibility ON workflows (visibility);
CREATE INDEX idx_workflows_is_template ON workflows (is_template);

-- A step. Edges name it by node_id, within the workflow.
CREATE TABLE workflow_nodes (
  workflow_id     uuid         NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  node_id         varchar(100) NOT NULL,
  node_type       varchar(20)  NOT NULL,
  node_name       varchar(100) NOT NULL,
  description     varchar(500),
  config          jsonb        NOT NULL,
  adapter_id      uuid         REFERENCES adapters (id) ON DELETE SET NULL,
  adapter_config  jsonb,
  position_x      integer      NOT NULL,
  position_y      integer      NOT NULL,
  execution_order integer      NOT NULL,

  id              uuid         PRIMARY KEY,
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now(),
  deleted_at      timestamptz,
  is_deleted      boolean      NOT NULL,
  status          varchar(20)  NOT NULL,
  created_by      varchar(255),
  updated_by      varchar(255),
  version         integer      NOT NULL,

  CONSTRAINT uk_workflow_nodes_unique UNIQUE (workflow_id, node_id)
);
CREATE INDEX idx_workflow_nodes_workflow_id ON workflow_nodes (workflow_id);
CREATE INDEX idx_workflow_nodes_type ON workflow_nodes (node_type);
CREATE INDEX idx_workflow_nodes_adapter_id ON workflow_nodes (adapter_id);

-- The way from one step to the next.
CREATE TABLE workflow_edges (
  workflow_id    uuid         NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  edge_id        varchar(100) NOT NULL,
  source_node_id varchar(100) NOT NULL,
  target_node_id varchar(100) NOT NULL,
  label          varchar(100),
  condition      text,
  data_mapping   jsonb,

  id             uuid         PRIMARY KEY,
  created_at     timestamptz  NOT NULL DEFAULT now(),
  updated_at     timestamptz  NOT NULL DEFAULT now(),
  deleted_at     timestamptz,
  is_deleted     boolean      NOT NULL,
  status         varchar(20)  NOT NULL,
  created_by     varchar(255),
  updated_by     varchar(255),
  version        integer      NOT NULL,

  CONSTRAINT uk_workflow_edges_unique UNIQUE (workflow_id, edge_id)
);
CREATE INDEX idx_workflow_edges_workflow_id ON workflow_edges (workflow_id);
CREATE INDEX idx_workflow_edges_source ON workflow_edges (source_node_id);
CREATE INDEX idx_workflow_edges_target ON workflow_edges (target_node_id);

-- A run; a nested run points at the one that started it.
CREATE TABLE workflow_executions (
  workflow_id         uuid          NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  user_id             uuid          NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  execution_mode      varchar(20)   NOT NULL,
  execution_status    varchar(20)   NOT NULL,
  input_data          jsonb,
  output_data         jsonb,
  execution_log       jsonb,
  node_results        jsonb,
  error_code          varchar(50),
  error_message       text,
  error_stack         text,
  failed_node_id      varchar(100),
  started_at          timestamptz,
  completed_at        timestamptz,
  duration_ms         integer,
  total_tokens        integer,
  total_cost          numeric(10,6),
  retry_count         integer       NOT NULL,
  parent_execution_id uuid          REFERENCES workflow_executions (id) ON DELETE SET NULL,

  id                  uuid          PRIMARY KEY,
  created_at          timestamptz   NOT NULL DEFAULT now(),
  updated_at          timestamptz   NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  is_deleted          boolean       NOT NULL,
  status              varchar(20)   NOT NULL,
  created_by          varchar(255),
  updated_by          varchar(255),
  version             integer       NOT NULL
);
CREATE INDEX idx_workflow_executions_workflow_id ON workflow_executions (workflow_id);
CREATE INDEX idx_workflow_executions_user_id ON workflow_executions (user_id);
CREATE INDEX idx_workflow_executions_status ON workflow_executions (execution_status);
CREATE INDEX idx_workflow_executions_started_at ON workflow_executions (started_at);
CREATE INDEX idx_workflow_executions_parent_id ON workflow_executions (parent_execution_id);
