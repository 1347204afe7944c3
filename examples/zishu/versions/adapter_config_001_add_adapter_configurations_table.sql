-- revision: adapter_config_001
-- revises: 10967fd178d8
-- depends on:
-- branch labels:
-- created: 2025-10-30 09:12:00+08
-- message: add adapter configurations table

-- zishu:upgrade
-- The configuration of an adapter that is registered at run time. adapter_id is
-- the name it registers under, not the key of a published adapter.
CREATE TABLE adapter_configurations (
  id            uuid         NOT NULL,
  adapter_id    varchar(255) NOT NULL,
  name          varchar(255) NOT NULL,
  adapter_type  varchar(50)  NOT NULL,
  adapter_class varchar(500) NOT NULL,
  version       varchar(50)  NOT NULL DEFAULT '1.0.0',
  config        jsonb        NOT NULL DEFAULT '{}',
  dependencies  jsonb,
  description   text,
  author        varchar(255),
  tags          jsonb,
  is_enabled    boolean      NOT NULL DEFAULT true,
  status        varchar(50)  NOT NULL DEFAULT 'registered',
  last_used_at  timestamptz,
  usage_count   integer      NOT NULL DEFAULT 0,
  created_at    timestamptz  NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    timestamptz  NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT pk_adapter_configurations PRIMARY KEY (id),
  CONSTRAINT uk_adapter_configurations_adapter_id UNIQUE (adapter_id)
);
CREATE INDEX idx_adapter_configurations_adapter_id ON adapter_configurations (adapter_id);
CREATE INDEX idx_adapter_configurations_type ON adapter_configurations (adapter_type);
CREATE INDEX idx_adapter_configurations_enabled ON adapter_configurations (is_enabled);
CREATE INDEX idx_adapter_configurations_status ON adapter_configurations (status);
CREATE INDEX idx_adapter_configurations_last_used ON adapter_configurations (last_used_at);

-- zishu:downgrade
DROP TABLE adapter_configurations;
