-- Packaging
--
-- Building adapters into packages.

-- How a kind of package is built.
CREATE TABLE package_templates (
  name                  varchar(100) NOT NULL,
  slug                  varchar(100) NOT NULL UNIQUE,
  display_name          varchar(100),
  description           text,
  template_type         varchar(30)  NOT NULL,
  package_type          varchar(20)  NOT NULL,
  author_id             uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  version               varchar(50)  NOT NULL,
  supported_platforms   varchar[]    NOT NULL,
  template_content      text         NOT NULL,
  config_schema         jsonb        NOT NULL,
  default_config        jsonb        NOT NULL,
  requirements          jsonb,
  environment_variables jsonb,
  pre_build_script      text,
  post_build_script     text,
  is_public             boolean      NOT NULL,
  is_verified           boolean      NOT NULL,
  is_deprecated         boolean      NOT NULL,
  usage_count           integer      NOT NULL,
  success_rate          varchar(5),
  documentation_url     varchar(500),
  example_url           varchar(500),

  id                    uuid         PRIMARY KEY,
  created_at            timestamptz  NOT NULL DEFAULT now(),
  updated_at            timestamptz  NOT NULL DEFAULT now(),
  deleted_at            timestamptz,
  is_deleted            boolean      NOT NULL,
  status                varchar(20)  NOT NULL,
  created_by            varchar(255),
  updated_by            varchar(255),
  metadata              jsonb,
  tags                  jsonb,

  CONSTRAINT check_template_name_length CHECK (length(name) BETWEEN 1 AND 100)
);
CREATE INDEX idx_package_templates_slug ON package_templates (slug);
CREATE INDEX idx_package_templates_type ON package_templates (template_type);
CREATE INDEX idx_package_templates_package_type ON package_templates (package_type);
CREATE INDEX idx_package_templates_author_id ON package_templates (author_id);
CREATE INDEX idx_package_templates_public ON package_templates (is_public);
CREATE INDEX idx_package_templates_verified ON package_templates (is_verified);

-- A build: an adapter, packed after a template.
CREATE TABLE packaging_tasks (
  task_name            varchar(200) NOT NULL,
  description          text,
  adapter_id           uuid         NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
  adapter_version      varchar(50),
  user_id              uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  template_id          uuid         NOT NULL REFERENCES package_templates (id) ON DELETE CASCADE,
  package_type         varchar(20)  NOT NULL,
  target_platforms     varchar[]    NOT NULL,
  build_config         jsonb        NOT NULL,
  task_status          varchar(20)  NOT NULL,
  priority             varchar(10)  NOT NULL,
  scheduled_at         timestamptz,
  started_at           timestamptz,
  completed_at         timestamptz,
  worker_id            varchar(100),
  execution_time       integer,
  retry_count          integer      NOT NULL,
  max_retries          integer      NOT NULL,
  success              boolean,
  error_message        text,
  error_details        jsonb,
  resource_usage       jsonb,
  build_output_path    varchar(500),
  build_environment    jsonb,
  notify_on_completion boolean      NOT NULL,
  notify_on_failure    boolean      NOT NULL,

  id                   uuid         PRIMARY KEY,
  created_at           timestamptz  NOT NULL DEFAULT now(),
  updated_at           timestamptz  NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  is_deleted           boolean      NOT NULL,
  status               varchar(20)  NOT NULL,
  created_by           varchar(255),
  updated_by           varchar(255),
  version              integer      NOT NULL,
  metadata             jsonb,
  tags                 jsonb,

  CONSTRAINT check_retry_count_positive CHECK (retry_count >= 0),
  CONSTRAINT check_max_retries_positive CHECK (max_retries >= 0)
);
CREATE INDEX idx_packaging_tasks_adapter_id ON packaging_tasks (adapter_id);
CREATE INDEX idx_packaging_tasks_user_id ON packaging_tasks (user_id);
CREATE INDEX idx_packaging_tasks_template_id ON packaging_tasks (template_id);
CREATE INDEX idx_packaging_tasks_status ON packaging_tasks (task_status);
CREATE INDEX idx_packaging_tasks_priority ON packaging_tasks (priority);
CREATE INDEX idx_packaging_tasks_scheduled_at ON packaging_tasks (scheduled_at);
CREATE INDEX idx_packaging_tasks_created_at ON packaging_tasks (created_at);

-- What a build produced.
CREATE TABLE build_artifacts (
  task_id         uuid         NOT NULL REFERENCES packaging_tasks (id) ON DELETE CASCADE,
  name            varchar(255) NOT NULL,
  filename        varchar(255) NOT NULL,
  artifact_type   varchar(20)  NOT NULL,
  description     text,
  file_size       bigint       NOT NULL,
  file_hash       varchar(128) NOT NULL,
  mime_type       varchar(100) NOT NULL,
  storage_path    varchar(500) NOT NULL,
  download_url    varchar(500),
  target_platform varchar(50),
  version         varchar(50),
  is_primary      boolean      NOT NULL,
  is_published    boolean      NOT NULL,
  download_count  integer      NOT NULL,
  checksum_md5    varchar(32),
  checksum_sha1   varchar(40),
  checksum_sha256 varchar(64),
  is_signed       boolean      NOT NULL,
  signature       text,
  expires_at      timestamptz,

  id              uuid         PRIMARY KEY,
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now(),
  deleted_at      timestamptz,
  is_deleted      boolean      NOT NULL,
  status          varchar(20)  NOT NULL,
  created_by      varchar(255),
  updated_by      varchar(255),
  metadata        jsonb,
  tags            jsonb,

  CONSTRAINT check_artifact_size_positive CHECK (file_size >= 0)
);
CREATE INDEX idx_build_artifacts_task_id ON build_artifacts (task_id);
CREATE INDEX idx_build_artifacts_type ON build_artifacts (artifact_type);
CREATE INDEX idx_build_artifacts_hash ON build_artifacts (file_hash);
CREATE INDEX idx_build_artifacts_platform ON build_artifacts (target_platform);
CREATE INDEX idx_build_artifacts_primary ON build_artifacts (is_primary);
CREATE INDEX idx_build_artifacts_published ON build_artifacts (is_published);

-- What a build said while it ran.
CREATE TABLE build_logs (
  task_id     uuid         NOT NULL REFERENCES packaging_tasks (id) ON DELETE CASCADE,
  stage       varchar(20)  NOT NULL,
  level       varchar(10)  NOT NULL,
  message     text         NOT NULL,
  "timestamp" timestamptz  NOT NULL DEFAULT now(),
  sequence    integer      NOT NULL,
  extra_data  jsonb,
  exception   text,
  worker_id   varchar(100),

  id          uuid         PRIMARY KEY,
  created_at  timestamptz  NOT NULL DEFAULT now(),
  updated_at  timestamptz  NOT NULL DEFAULT now(),
  deleted_at  timestamptz,
  is_deleted  boolean      NOT NULL,
  status      varchar(20)  NOT NULL,
  created_by  varchar(255),
  updated_by  varchar(255),
  version     integer      NOT NULL
);
CREATE INDEX idx_build_logs_task_id ON build_logs (task_id);
CREATE INDEX idx_build_logs_stage ON build_logs (stage);
CREATE INDEX idx_build_logs_level ON build_logs (level);
CREATE INDEX idx_build_logs_timestamp ON build_logs ("timestamp");
CREATE INDEX idx_build_logs_sequence ON build_logs (sequence);
