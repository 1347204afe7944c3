-- Adapters
--
-- The market place: what people publish, download and rate.

-- A tree of categories; the children of a deleted one move to the top.
CREATE TABLE adapter_categories (
  name          varchar(100) NOT NULL,
  slug          varchar(100) NOT NULL UNIQUE,
  description   text,
  category_type varchar(20)  NOT NULL,
  parent_id     uuid         REFERENCES adapter_categories (id) ON DELETE SET NULL,
  sort_order    integer      NOT NULL,
  icon          varchar(100),
  color         varchar(7),
  adapter_count integer      NOT NULL,

  id            uuid         PRIMARY KEY,
  created_at    timestamptz  NOT NULL DEFAULT now(),
  updated_at    timestamptz  NOT NULL DEFAULT now(),
  deleted_at    timestamptz,
  is_deleted    boolean      NOT NULL,
  status        varchar(20)  NOT NULL,
  created_by    varchar(255),
  updated_by    varchar(255),
  version       integer      NOT NULL,

  CONSTRAINT check_category_name_length CHECK (length(name) BETWEEN 1 AND 100),
  CONSTRAINT check_category_color_format CHECK (color IS NULL OR color ~ '^#[0-9A-Fa-f]{6}$')
);
CREATE INDEX idx_adapter_categories_slug ON adapter_categories (slug);
CREATE INDEX idx_adapter_categories_type ON adapter_categories (category_type);
CREATE INDEX idx_adapter_categories_parent_id ON adapter_categories (parent_id);

-- A published adapter, known by its author and slug.
CREATE TABLE adapters (
  name                 varchar(100) NOT NULL,
  slug                 varchar(100) NOT NULL,
  display_name         varchar(100),
  description          text,
  long_description     text,
  author_id            uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  maintainers          varchar[],
  adapter_type         varchar(20)  NOT NULL,
  adapter_status       varchar(20)  NOT NULL,
  visibility           varchar(20)  NOT NULL,
  license              varchar(50)  NOT NULL,
  license_text         text,
  repository_url       varchar(500),
  homepage_url         varchar(500),
  documentation_url    varchar(500),
  primary_category_id  uuid         REFERENCES adapter_categories (id) ON DELETE SET NULL,
  secondary_categories varchar[],
  keywords             varchar[],
  download_count       integer      NOT NULL,
  star_count           integer      NOT NULL,
  rating_average       numeric(3,2),
  rating_count         integer      NOT NULL,
  latest_version       varchar(50),
  published_at         timestamptz,
  is_featured          boolean      NOT NULL,
  is_verified          boolean      NOT NULL,
  moderation_status    varchar(20)  NOT NULL,
  moderation_notes     text,

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

  CONSTRAINT uk_adapters_author_slug UNIQUE (author_id, slug),
  CONSTRAINT check_adapter_name_length CHECK (length(name) BETWEEN 1 AND 100),
  CONSTRAINT check_adapter_rating_range
    CHECK (rating_average IS NULL OR rating_average BETWEEN 0.00 AND 5.00)
);
CREATE INDEX idx_adapters_name ON adapters (name);
CREATE INDEX idx_adapters_slug ON adapters (slug);
CREATE INDEX idx_adapters_author_id ON adapters (author_id);
CREATE INDEX idx_adapters_type ON adapters (adapter_type);
CREATE INDEX idx_adapters_status ON adapters (adapter_status);
CREATE INDEX idx_adapters_visibility ON adapters (visibility);
CREATE INDEX idx_adapters_category ON adapters (primary_category_id);
CREATE INDEX idx_adapters_published_at ON adapters (published_at);
CREATE INDEX idx_adapters_featured ON adapters (is_featured);
CREATE INDEX idx_adapters_verified ON adapters (is_verified);

-- A release of an adapter.
CREATE TABLE adapter_versions (
  adapter_id           uuid         NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
  version              varchar(50)  NOT NULL,
  title                varchar(200),
  description          text,
  changelog            text,
  is_prerelease        boolean      NOT NULL,
  is_deprecated        boolean      NOT NULL,
  published_at         timestamptz,
  file_size            integer,
  file_hash            varchar(128),
  download_url         varchar(500),
  min_zishu_version    varchar(50),
  max_zishu_version    varchar(50),
  supported_platforms  varchar[],
  entry_point          varchar(255),
  configuration_schema jsonb,
  api_specification    jsonb,
  download_count       integer      NOT NULL,

  id                   uuid         PRIMARY KEY,
  created_at           timestamptz  NOT NULL DEFAULT now(),
  updated_at           timestamptz  NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  is_deleted           boolean      NOT NULL,
  status               varchar(20)  NOT NULL,
  created_by           varchar(255),
  updated_by           varchar(255),
  metadata             jsonb,
  tags                 jsonb,

  CONSTRAINT uk_adapter_versions_unique UNIQUE (adapter_id, version),
  CONSTRAINT check_version_length CHECK (length(version) BETWEEN 1 AND 50)
);
CREATE INDEX idx_adapter_versions_adapter_id ON adapter_versions (adapter_id);
CREATE INDEX idx_adapter_versions_version ON adapter_versions (version);
CREATE INDEX idx_adapter_versions_published_at ON adapter_versions (published_at);

-- What an adapter needs to run.
CREATE TABLE adapter_dependencies (
  adapter_id         uuid         NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
  dependency_name    varchar(100) NOT NULL,
  dependency_type    varchar(20)  NOT NULL,
  version_constraint varchar(20)  NOT NULL,
  version_spec       varchar(100) NOT NULL,
  is_optional        boolean      NOT NULL,
  description        varchar(500),

  id                 uuid         PRIMARY KEY,
  created_at         timestamptz  NOT NULL DEFAULT now(),
  updated_at         timestamptz  NOT NULL DEFAULT now(),
  deleted_at         timestamptz,
  is_deleted         boolean      NOT NULL,
  status             varchar(20)  NOT NULL,
  created_by         varchar(255),
  updated_by         varchar(255),
  version            integer      NOT NULL,

  CONSTRAINT uk_adapter_dependencies_unique UNIQUE (adapter_id, dependency_name, dependency_type)
);
CREATE INDEX idx_adapter_dependencies_adapter_id ON adapter_dependencies (adapter_id);
CREATE INDEX idx_adapter_dependencies_name ON adapter_dependencies (dependency_name);
CREATE INDEX idx_adapter_dependencies_type ON adapter_dependencies (dependency_type);

-- One row per download; it outlives the account that made it.
CREATE TABLE adapter_downloads (
  adapter_id    uuid         NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
  version       varchar(50),
  user_id       uuid         REFERENCES users (id) ON DELETE SET NULL,
  ip_address    varchar(45)  NOT NULL,
  user_agent    varchar(500),
  referer       varchar(500),
  country       varchar(2),
  region        varchar(100),
  city          varchar(100),
  is_successful boolean      NOT NULL,
  error_message varchar(500),

  id            uuid         PRIMARY KEY,
  created_at    timestamptz  NOT NULL DEFAULT now(),
  updated_at    timestamptz  NOT NULL DEFAULT now(),
  deleted_at    timestamptz,
  is_deleted    boolean      NOT NULL,
  status        varchar(20)  NOT NULL,
  created_by    varchar(255),
  updated_by    varchar(255)
);
CREATE INDEX idx_adapter_downloads_adapter_id ON adapter_downloads (adapter_id);
CREATE INDEX idx_adapter_downloads_user_id ON adapter_downloads (user_id);
CREATE INDEX idx_adapter_downloads_ip ON adapter_downloads (ip_address);
CREATE INDEX idx_adapter_downloads_country ON adapter_downloads (country);
CREATE INDEX idx_adapter_downloads_created_at ON adapter_downloads (created_at);

-- One rating per user, adapter and kind of rating.
CREATE TABLE adapter_ratings (
  adapter_id           uuid         NOT NULL REFERENCES adapters (id) ON DELETE CASCADE,
  user_id              uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  rating_type          varchar(20)  NOT NULL,
  rating               numeric(3,2) NOT NULL,
  title                varchar(200),
  comment              text,
  is_anonymous         boolean      NOT NULL,
  is_verified_download boolean      NOT NULL,
  helpful_count        integer      NOT NULL,
  unhelpful_count      integer      NOT NULL,
  is_moderated         boolean      NOT NULL,
  moderation_reason    varchar(500),

  id                   uuid         PRIMARY KEY,
  created_at           timestamptz  NOT NULL DEFAULT now(),
  updated_at           timestamptz  NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  is_deleted           boolean      NOT NULL,
  status               varchar(20)  NOT NULL,
  created_by           varchar(255),
  updated_by           varchar(255),
  version              integer      NOT NULL,

  CONSTRAINT uk_adapter_ratings_unique UNIQUE (adapter_id, user_id, rating_type),
  CONSTRAINT check_rating_range CHECK (rating BETWEEN 0.00 AND 5.00)
);
CREATE INDEX idx_adapter_ratings_adapter_id ON adapter_ratings (adapter_id);
CREATE INDEX idx_adapter_ratings_user_id ON adapter_ratings (user_id);
CREATE INDEX idx_adapter_ratings_type ON adapter_ratings (rating_type);
CREATE INDEX idx_adapter_ratings_rating ON adapter_ratings (rating);
CREATE INDEX idx_adapter_ratings_created_at ON adapter_ratings (created_at);

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
