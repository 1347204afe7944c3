-- revision: 10967fd178d8
-- revises:
-- depends on:
-- branch labels:
-- created: 2025-10-22 00:00:00+08
-- message: Initial database schema with all models

-- zishu:upgrade
-- Nearly every table closes with the same columns, set apart by an empty line:
-- the key, the times of the row, the mark of a soft delete, who wrote it and
-- which version it is. What has no default is filled in by the application,
-- keys included. created_by and updated_by are names, of users or of services.

-- Users
--
-- Accounts and what belongs to one account: profile, settings, grants, logins.

-- An account. Name and mail address are each taken only once.
CREATE TABLE users (
  username                varchar(50)  NOT NULL UNIQUE,
  email                   varchar(255) NOT NULL UNIQUE,
  password_hash           varchar(255) NOT NULL,
  salt                    varchar(32)  NOT NULL,
  user_status             varchar(20)  NOT NULL,
  user_role               varchar(20)  NOT NULL,
  is_verified             boolean      NOT NULL,
  verification_token      varchar(64),
  verification_expires_at timestamptz,
  reset_token             varchar(64),
  reset_expires_at        timestamptz,
  last_login_at           timestamptz,
  last_login_ip           varchar(45),
  login_attempts          integer      NOT NULL,
  locked_until            timestamptz,

  id                      uuid         PRIMARY KEY,
  created_at              timestamptz  NOT NULL DEFAULT now(),
  updated_at              timestamptz  NOT NULL DEFAULT now(),
  deleted_at              timestamptz,
  is_deleted              boolean      NOT NULL,
  status                  varchar(20)  NOT NULL,
  created_by              varchar(255),
  updated_by              varchar(255),
  version                 integer      NOT NULL,

  CONSTRAINT check_username_length CHECK (length(username) BETWEEN 3 AND 50),
  CONSTRAINT check_email_format CHECK (email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$')
);
CREATE INDEX idx_users_username ON users (username);
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_status ON users (user_status);
CREATE INDEX idx_users_role ON users (user_role);
CREATE INDEX idx_users_verification_token ON users (verification_token);
CREATE INDEX idx_users_reset_token ON users (reset_token);

-- What an account shows to others; one row per user.
CREATE TABLE user_profiles (
  user_id                 uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  display_name            varchar(100),
  avatar_url              varchar(500),
  bio                     text,
  location                varchar(100),
  website                 varchar(255),
  github_username         varchar(50),
  preferred_adapter_types varchar[],
  skills                  varchar[],
  reputation_score        integer      NOT NULL,
  adapter_count           integer      NOT NULL,
  download_count          integer      NOT NULL,

  id                      uuid         PRIMARY KEY,
  created_at              timestamptz  NOT NULL DEFAULT now(),
  updated_at              timestamptz  NOT NULL DEFAULT now(),
  deleted_at              timestamptz,
  is_deleted              boolean      NOT NULL,
  status                  varchar(20)  NOT NULL,
  created_by              varchar(255),
  updated_by              varchar(255),
  version                 integer      NOT NULL,
  metadata                jsonb,
  tags                    jsonb,

  CONSTRAINT uk_user_profiles_user_id UNIQUE (user_id)
);
CREATE INDEX idx_user_profiles_user_id ON user_profiles (user_id);
CREATE INDEX idx_user_profiles_github ON user_profiles (github_username);

-- Language, theme, notifications; one row per user.
CREATE TABLE user_preferences (
  user_id                    uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  theme_mode                 varchar(10)  NOT NULL,
  language                   varchar(10)  NOT NULL,
  timezone                   varchar(50)  NOT NULL,
  email_notifications        boolean      NOT NULL,
  push_notifications         boolean      NOT NULL,
  notification_types         varchar[],
  public_profile             boolean      NOT NULL,
  show_email                 boolean      NOT NULL,
  allow_messages             boolean      NOT NULL,
  default_adapter_visibility varchar(20)  NOT NULL,
  auto_publish               boolean      NOT NULL,
  custom_settings            jsonb,

  id                         uuid         PRIMARY KEY,
  created_at                 timestamptz  NOT NULL DEFAULT now(),
  updated_at                 timestamptz  NOT NULL DEFAULT now(),
  deleted_at                 timestamptz,
  is_deleted                 boolean      NOT NULL,
  status                     varchar(20)  NOT NULL,
  created_by                 varchar(255),
  updated_by                 varchar(255),
  version                    integer      NOT NULL,

  CONSTRAINT uk_user_preferences_user_id UNIQUE (user_id)
);
CREATE INDEX idx_user_preferences_user_id ON user_preferences (user_id);

-- A permission of a user, for everything or for one resource.
CREATE TABLE user_permissions (
  user_id       uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  permission    varchar(50)  NOT NULL,
  resource_type varchar(50),
  resource_id   varchar(255),
  expires_at    timestamptz,
  granted_by    varchar(255),
  granted_at    timestamptz  NOT NULL DEFAULT now(),

  id            uuid         PRIMARY KEY,
  created_at    timestamptz  NOT NULL DEFAULT now(),
  updated_at    timestamptz  NOT NULL DEFAULT now(),
  deleted_at    timestamptz,
  is_deleted    boolean      NOT NULL,
  status        varchar(20)  NOT NULL,
  created_by    varchar(255),
  updated_by    varchar(255),
  version       integer      NOT NULL,

  CONSTRAINT uk_user_permissions_unique UNIQUE (user_id, permission, resource_type, resource_id)
);
CREATE INDEX idx_user_permissions_user_id ON user_permissions (user_id);
CREATE INDEX idx_user_permissions_permission ON user_permissions (permission);
CREATE INDEX idx_user_permissions_resource ON user_permissions (resource_type, resource_id);

-- A login, with the tokens that keep it alive.
CREATE TABLE user_sessions (
  user_id          uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_token    varchar(255) NOT NULL UNIQUE,
  refresh_token    varchar(255) NOT NULL UNIQUE,
  session_status   varchar(20)  NOT NULL,
  expires_at       timestamptz  NOT NULL,
  last_activity_at timestamptz  NOT NULL DEFAULT now(),
  ip_address       varchar(45)  NOT NULL,
  user_agent       varchar(500),
  device_info      jsonb,

  id               uuid         PRIMARY KEY,
  created_at       timestamptz  NOT NULL DEFAULT now(),
  updated_at       timestamptz  NOT NULL DEFAULT now(),
  deleted_at       timestamptz,
  is_deleted       boolean      NOT NULL,
  status           varchar(20)  NOT NULL,
  created_by       varchar(255),
  updated_by       varchar(255),
  version          integer      NOT NULL
);
CREATE INDEX idx_user_sessions_user_id ON user_sessions (user_id);
CREATE INDEX idx_user_sessions_token ON user_sessions (session_token);
CREATE INDEX idx_user_sessions_refresh_token ON user_sessions (refresh_token);
CREATE INDEX idx_user_sessions_status ON user_sessions (session_status);
CREATE INDEX idx_user_sessions_expires_at ON user_sessions (expires_at);

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

-- Characters
--
-- Who talks: the character, its nature, its voices, its body.

-- A character, known by its author and slug.
CREATE TABLE characters (
  name               varchar(100) NOT NULL,
  slug               varchar(100) NOT NULL,
  display_name       varchar(100) NOT NULL,
  description        text,
  biography          text,
  author_id          uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  character_type     varchar(20)  NOT NULL,
  gender             varchar(20)  NOT NULL,
  age                integer,
  height             integer,
  birthday           varchar(10),
  appearance         text,
  clothing           text,
  hair_color         varchar(50),
  eye_color          varchar(50),
  avatar_url         varchar(500),
  thumbnail_url      varchar(500),
  banner_url         varchar(500),
  system_prompt      text         NOT NULL,
  greeting_message   text,
  example_dialogues  jsonb,
  personality_traits varchar[],
  speaking_style     text,
  is_public          boolean      NOT NULL,
  is_featured        boolean      NOT NULL,
  is_verified        boolean      NOT NULL,
  usage_count        integer      NOT NULL,
  favorite_count     integer      NOT NULL,
  version            varchar(20)  NOT NULL,

  id                 uuid         PRIMARY KEY,
  created_at         timestamptz  NOT NULL DEFAULT now(),
  updated_at         timestamptz  NOT NULL DEFAULT now(),
  deleted_at         timestamptz,
  is_deleted         boolean      NOT NULL,
  status             varchar(20)  NOT NULL,
  created_by         varchar(255),
  updated_by         varchar(255),
  metadata           jsonb,
  tags               jsonb,

  CONSTRAINT uk_characters_author_slug UNIQUE (author_id, slug),
  CONSTRAINT check_character_name_length CHECK (length(name) BETWEEN 1 AND 100),
  CONSTRAINT check_character_age CHECK (age IS NULL OR age BETWEEN 1 AND 1000)
);
CREATE INDEX idx_characters_name ON characters (name);
CREATE INDEX idx_characters_slug ON characters (slug);
CREATE INDEX idx_characters_author_id ON characters (author_id);
CREATE INDEX idx_characters_type ON characters (character_type);
CREATE INDEX idx_characters_public ON characters (is_public);
CREATE INDEX idx_characters_featured ON characters (is_featured);

-- A face the character can make, and what brings it on.
CREATE TABLE character_expressions (
  character_id        uuid         NOT NULL REFERENCES characters (id) ON DELETE CASCADE,
  expression_type     varchar(20)  NOT NULL,
  expression_name     varchar(50)  NOT NULL,
  description         varchar(200),
  animation_file      varchar(255),
  animation_config    jsonb,
  trigger_keywords    varchar[],
  trigger_emotions    varchar[],
  trigger_probability integer      NOT NULL,
  priority            integer      NOT NULL,

  id                  uuid         PRIMARY KEY,
  created_at          timestamptz  NOT NULL DEFAULT now(),
  updated_at          timestamptz  NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  is_deleted          boolean      NOT NULL,
  status              varchar(20)  NOT NULL,
  created_by          varchar(255),
  updated_by          varchar(255),
  version             integer      NOT NULL,

  CONSTRAINT uk_character_expressions_unique UNIQUE (character_id, expression_name),
  CONSTRAINT check_trigger_probability CHECK (trigger_probability BETWEEN 0 AND 100)
);
CREATE INDEX idx_character_expressions_character_id ON character_expressions (character_id);
CREATE INDEX idx_character_expressions_type ON character_expressions (expression_type);

-- A model that shows the character, and how it moves.
CREATE TABLE character_models (
  character_id        uuid         NOT NULL REFERENCES characters (id) ON DELETE CASCADE,
  model_name          varchar(100) NOT NULL,
  model_type          varchar(20)  NOT NULL,
  description         varchar(500),
  model_url           varchar(500) NOT NULL,
  model_size          integer,
  model_hash          varchar(64),
  model_config        jsonb        NOT NULL,
  expressions_mapping jsonb,
  motions_mapping     jsonb,
  idle_motions        varchar[],
  physics_config      jsonb,
  scale               integer      NOT NULL,
  position_x          integer      NOT NULL,
  position_y          integer      NOT NULL,
  is_default          boolean      NOT NULL,

  id                  uuid         PRIMARY KEY,
  created_at          timestamptz  NOT NULL DEFAULT now(),
  updated_at          timestamptz  NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  is_deleted          boolean      NOT NULL,
  status              varchar(20)  NOT NULL,
  created_by          varchar(255),
  updated_by          varchar(255),
  version             integer      NOT NULL,

  CONSTRAINT check_scale CHECK (scale BETWEEN 10 AND 300)
);
CREATE INDEX idx_character_models_character_id ON character_models (character_id);
CREATE INDEX idx_character_models_type ON character_models (model_type);

-- Traits and tastes; one row per character.
CREATE TABLE character_personalities (
  character_id      uuid         NOT NULL REFERENCES characters (id) ON DELETE CASCADE,
  mbti_type         varchar(4),
  openness          integer,
  conscientiousness integer,
  extraversion      integer,
  agreeableness     integer,
  neuroticism       integer,
  formality_level   integer      NOT NULL,
  humor_level       integer      NOT NULL,
  empathy_level     integer      NOT NULL,
  verbosity_level   integer      NOT NULL,
  interests         varchar[],
  hobbies           varchar[],
  likes             varchar[],
  dislikes          varchar[],
  "values"          jsonb,
  beliefs           jsonb,

  id                uuid         PRIMARY KEY,
  created_at        timestamptz  NOT NULL DEFAULT now(),
  updated_at        timestamptz  NOT NULL DEFAULT now(),
  deleted_at        timestamptz,
  is_deleted        boolean      NOT NULL,
  status            varchar(20)  NOT NULL,
  created_by        varchar(255),
  updated_by        varchar(255),
  version           integer      NOT NULL,

  CONSTRAINT uk_character_personalities_character_id UNIQUE (character_id),
  CONSTRAINT check_openness CHECK (openness IS NULL OR openness BETWEEN 0 AND 100),
  CONSTRAINT check_conscientiousness
    CHECK (conscientiousness IS NULL OR conscientiousness BETWEEN 0 AND 100),
  CONSTRAINT check_formality_level CHECK (formality_level BETWEEN 0 AND 100)
);
CREATE INDEX idx_character_personalities_character_id ON character_personalities (character_id);

-- A voice, at one of the speech providers.
CREATE TABLE character_voices (
  character_id   uuid         NOT NULL REFERENCES characters (id) ON DELETE CASCADE,
  voice_name     varchar(100) NOT NULL,
  voice_provider varchar(50)  NOT NULL,
  voice_id       varchar(100) NOT NULL,
  voice_gender   varchar(20)  NOT NULL,
  language       varchar(10)  NOT NULL,
  accent         varchar(50),
  speaking_rate  integer      NOT NULL,
  pitch          integer      NOT NULL,
  volume         integer      NOT NULL,
  voice_config   jsonb,
  is_default     boolean      NOT NULL,

  id             uuid         PRIMARY KEY,
  created_at     timestamptz  NOT NULL DEFAULT now(),
  updated_at     timestamptz  NOT NULL DEFAULT now(),
  deleted_at     timestamptz,
  is_deleted     boolean      NOT NULL,
  status         varchar(20)  NOT NULL,
  created_by     varchar(255),
  updated_by     varchar(255),
  version        integer      NOT NULL,

  CONSTRAINT check_speaking_rate CHECK (speaking_rate BETWEEN 50 AND 200),
  CONSTRAINT check_pitch CHECK (pitch BETWEEN 50 AND 200),
  CONSTRAINT check_volume CHECK (volume BETWEEN 0 AND 100)
);
CREATE INDEX idx_character_voices_character_id ON character_voices (character_id);
CREATE INDEX idx_character_voices_provider ON character_voices (voice_provider);

-- Conversations
--
-- Talks between users and characters.

-- A conversation; it stays when its character goes.
CREATE TABLE conversations (
  title               varchar(200),
  description         text,
  user_id             uuid          NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  character_id        uuid          REFERENCES characters (id) ON DELETE SET NULL,
  active_adapters     varchar[],
  conversation_status varchar(20)   NOT NULL,
  message_count       integer       NOT NULL,
  token_count         integer       NOT NULL,
  total_cost          numeric(10,6),
  max_context_length  integer       NOT NULL,
  system_prompt       text,
  temperature         numeric(3,2),
  last_message_at     timestamptz,
  archived_at         timestamptz,
  is_shared           boolean       NOT NULL,
  share_token         varchar(64)   UNIQUE,

  id                  uuid          PRIMARY KEY,
  created_at          timestamptz   NOT NULL DEFAULT now(),
  updated_at          timestamptz   NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  is_deleted          boolean       NOT NULL,
  status              varchar(20)   NOT NULL,
  created_by          varchar(255),
  updated_by          varchar(255),
  version             integer       NOT NULL,
  metadata            jsonb,
  tags                jsonb,

  CONSTRAINT check_max_context_length CHECK (max_context_length BETWEEN 100 AND 100000),
  CONSTRAINT check_temperature_range
    CHECK (temperature IS NULL OR temperature BETWEEN 0.00 AND 2.00)
);
CREATE INDEX idx_conversations_user_id ON conversations (user_id);
CREATE INDEX idx_conversations_character_id ON conversations (character_id);
CREATE INDEX idx_conversations_status ON conversations (conversation_status);
CREATE INDEX idx_conversations_last_message_at ON conversations (last_message_at);
CREATE INDEX idx_conversations_share_token ON conversations (share_token);

-- Who takes part, and how far they have read.
CREATE TABLE conversation_participants (
  conversation_id       uuid         NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  user_id               uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role                  varchar(20)  NOT NULL,
  permissions           varchar[],
  joined_at             timestamptz  NOT NULL DEFAULT now(),
  last_read_at          timestamptz,
  last_read_message_id  uuid,
  notifications_enabled boolean      NOT NULL,

  id                    uuid         PRIMARY KEY,
  created_at            timestamptz  NOT NULL DEFAULT now(),
  updated_at            timestamptz  NOT NULL DEFAULT now(),
  deleted_at            timestamptz,
  is_deleted            boolean      NOT NULL,
  status                varchar(20)  NOT NULL,
  created_by            varchar(255),
  updated_by            varchar(255),
  version               integer      NOT NULL,

  CONSTRAINT uk_conversation_participants_unique UNIQUE (conversation_id, user_id)
);
CREATE INDEX idx_conversation_participants_conversation_id
  ON conversation_participants (conversation_id);
CREATE INDEX idx_conversation_participants_user_id ON conversation_participants (user_id);

-- What is remembered during a conversation, by key.
CREATE TABLE conversation_contexts (
  conversation_id uuid         NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  context_key     varchar(100) NOT NULL,
  context_value   jsonb        NOT NULL,
  context_type    varchar(50)  NOT NULL,
  priority        integer      NOT NULL,
  expires_at      timestamptz,
  source          varchar(100),

  id              uuid         PRIMARY KEY,
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now(),
  deleted_at      timestamptz,
  is_deleted      boolean      NOT NULL,
  status          varchar(20)  NOT NULL,
  created_by      varchar(255),
  updated_by      varchar(255),
  version         integer      NOT NULL,

  CONSTRAINT uk_conversation_contexts_unique UNIQUE (conversation_id, context_key)
);
CREATE INDEX idx_conversation_contexts_conversation_id ON conversation_contexts (conversation_id);
CREATE INDEX idx_conversation_contexts_key ON conversation_contexts (context_key);
CREATE INDEX idx_conversation_contexts_type ON conversation_contexts (context_type);

-- A message; replies point at the one they answer.
CREATE TABLE messages (
  conversation_id    uuid          NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  role               varchar(20)   NOT NULL,
  message_type       varchar(20)   NOT NULL,
  content            text          NOT NULL,
  message_status     varchar(20)   NOT NULL,
  model              varchar(100),
  model_provider     varchar(50),
  prompt_tokens      integer,
  completion_tokens  integer,
  total_tokens       integer,
  cost               numeric(10,6),
  adapter_used       varchar(100),
  adapter_result     jsonb,
  function_name      varchar(100),
  function_arguments jsonb,
  function_result    jsonb,
  error_code         varchar(50),
  error_message      text,
  sequence           integer       NOT NULL,
  parent_id          uuid          REFERENCES messages (id) ON DELETE SET NULL,

  id                 uuid          PRIMARY KEY,
  created_at         timestamptz   NOT NULL DEFAULT now(),
  updated_at         timestamptz   NOT NULL DEFAULT now(),
  deleted_at         timestamptz,
  is_deleted         boolean       NOT NULL,
  status             varchar(20)   NOT NULL,
  created_by         varchar(255),
  updated_by         varchar(255),
  version            integer       NOT NULL,
  metadata           jsonb,
  tags               jsonb,

  CONSTRAINT check_total_tokens CHECK (total_tokens IS NULL OR total_tokens >= 0)
);
CREATE INDEX idx_messages_conversation_id ON messages (conversation_id);
CREATE INDEX idx_messages_conversation_created ON messages (conversation_id, created_at);
CREATE INDEX idx_messages_role ON messages (role);
CREATE INDEX idx_messages_status ON messages (message_status);
CREATE INDEX idx_messages_sequence ON messages (sequence);
CREATE INDEX idx_messages_parent_id ON messages (parent_id);

-- A file that came with a message.
CREATE TABLE message_attachments (
  message_id        uuid         NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  attachment_type   varchar(20)  NOT NULL,
  filename          varchar(255) NOT NULL,
  original_filename varchar(255) NOT NULL,
  file_size         integer      NOT NULL,
  mime_type         varchar(100) NOT NULL,
  storage_path      varchar(500) NOT NULL,
  storage_url       varchar(500),
  file_metadata     jsonb,

  id                uuid         PRIMARY KEY,
  created_at        timestamptz  NOT NULL DEFAULT now(),
  updated_at        timestamptz  NOT NULL DEFAULT now(),
  deleted_at        timestamptz,
  is_deleted        boolean      NOT NULL,
  status            varchar(20)  NOT NULL,
  created_by        varchar(255),
  updated_by        varchar(255),
  version           integer      NOT NULL
);
CREATE INDEX idx_message_attachments_message_id ON message_attachments (message_id);
CREATE INDEX idx_message_attachments_type ON message_attachments (attachment_type);

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

-- Files
--
-- Stored files, their versions, and who may see them.

-- A stored file of a user.
CREATE TABLE files (
  filename           varchar(255) NOT NULL,
  original_filename  varchar(255) NOT NULL,
  display_name       varchar(255),
  description        text,
  owner_id           uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  file_type          varchar(20)  NOT NULL,
  mime_type          varchar(100) NOT NULL,
  file_extension     varchar(10)  NOT NULL,
  file_size          bigint       NOT NULL,
  file_hash          varchar(128) NOT NULL,
  checksum           varchar(64)  NOT NULL,
  storage_provider   varchar(20)  NOT NULL,
  storage_path       varchar(500) NOT NULL,
  storage_bucket     varchar(100),
  storage_region     varchar(50),
  public_url         varchar(500),
  cdn_url            varchar(500),
  file_status        varchar(20)  NOT NULL,
  is_public          boolean      NOT NULL,
  is_temporary       boolean      NOT NULL,
  expires_at         timestamptz,
  category           varchar(50),
  tags               varchar[],
  parent_id          uuid         REFERENCES files (id) ON DELETE SET NULL,
  related_adapter_id uuid         REFERENCES adapters (id) ON DELETE SET NULL,
  version_number     varchar(50)  NOT NULL,
  is_latest_version  boolean      NOT NULL,
  download_count     integer      NOT NULL,
  view_count         integer      NOT NULL,
  share_count        integer      NOT NULL,
  content_analysis   jsonb,
  virus_scan_result  jsonb,
  is_virus_scanned   boolean      NOT NULL,

  id                 uuid         PRIMARY KEY,
  created_at         timestamptz  NOT NULL DEFAULT now(),
  updated_at         timestamptz  NOT NULL DEFAULT now(),
  deleted_at         timestamptz,
  is_deleted         boolean      NOT NULL,
  status             varchar(20)  NOT NULL,
  created_by         varchar(255),
  updated_by         varchar(255),
  version            integer      NOT NULL,
  metadata           jsonb,

  CONSTRAINT check_filename_length CHECK (length(filename) BETWEEN 1 AND 255),
  CONSTRAINT check_file_size_positive CHECK (file_size >= 0)
);
CREATE INDEX idx_files_filename ON files (filename);
CREATE INDEX idx_files_owner_id ON files (owner_id);
CREATE INDEX idx_files_file_type ON files (file_type);
CREATE INDEX idx_files_hash ON files (file_hash);
CREATE INDEX idx_files_status ON files (file_status);
CREATE INDEX idx_files_public ON files (is_public);
CREATE INDEX idx_files_expires_at ON files (expires_at);
CREATE INDEX idx_files_category ON files (category);
CREATE INDEX idx_files_parent_id ON files (parent_id);
CREATE INDEX idx_files_adapter_id ON files (related_adapter_id);

-- A stored state of a file. Here created_by is a user, not a name.
CREATE TABLE file_versions (
  file_id            uuid         NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  version_number     varchar(50)  NOT NULL,
  version_type       varchar(20)  NOT NULL,
  title              varchar(200),
  description        text,
  changelog          text,
  created_by         uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  file_size          bigint       NOT NULL,
  file_hash          varchar(128) NOT NULL,
  storage_path       varchar(500) NOT NULL,
  is_current         boolean      NOT NULL,
  is_deleted         boolean      NOT NULL,
  download_count     integer      NOT NULL,
  diff_from_previous jsonb,

  id                 uuid         PRIMARY KEY,
  created_at         timestamptz  NOT NULL DEFAULT now(),
  updated_at         timestamptz  NOT NULL DEFAULT now(),
  deleted_at         timestamptz,
  status             varchar(20)  NOT NULL,
  updated_by         varchar(255),
  version            integer      NOT NULL,

  CONSTRAINT uk_file_versions_unique UNIQUE (file_id, version_number)
);
CREATE INDEX idx_file_versions_file_id ON file_versions (file_id);
CREATE INDEX idx_file_versions_version ON file_versions (version_number);
CREATE INDEX idx_file_versions_created_by ON file_versions (created_by);
CREATE INDEX idx_file_versions_hash ON file_versions (file_hash);
CREATE INDEX idx_file_versions_current ON file_versions (is_current);

-- What one user may do with one file.
CREATE TABLE file_permissions (
  file_id                uuid         NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  user_id                uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  permission_level       varchar(20)  NOT NULL,
  granted_by             uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  granted_at             timestamptz  NOT NULL DEFAULT now(),
  expires_at             timestamptz,
  can_read               boolean      NOT NULL,
  can_write              boolean      NOT NULL,
  can_delete             boolean      NOT NULL,
  can_share              boolean      NOT NULL,
  can_manage_permissions boolean      NOT NULL,
  notes                  varchar(500),

  id                     uuid         PRIMARY KEY,
  created_at             timestamptz  NOT NULL DEFAULT now(),
  updated_at             timestamptz  NOT NULL DEFAULT now(),
  deleted_at             timestamptz,
  is_deleted             boolean      NOT NULL,
  status                 varchar(20)  NOT NULL,
  created_by             varchar(255),
  updated_by             varchar(255),
  version                integer      NOT NULL,

  CONSTRAINT uk_file_permissions_unique UNIQUE (file_id, user_id)
);
CREATE INDEX idx_file_permissions_file_id ON file_permissions (file_id);
CREATE INDEX idx_file_permissions_user_id ON file_permissions (user_id);
CREATE INDEX idx_file_permissions_level ON file_permissions (permission_level);
CREATE INDEX idx_file_permissions_expires_at ON file_permissions (expires_at);

-- A link that opens a file to whoever holds its token.
CREATE TABLE file_shares (
  file_id           uuid         NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  shared_by         uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  share_token       varchar(64)  NOT NULL UNIQUE,
  share_type        varchar(20)  NOT NULL,
  share_name        varchar(200),
  share_description text,
  password          varchar(255),
  max_downloads     integer,
  max_views         integer,
  expires_at        timestamptz,
  allow_download    boolean      NOT NULL,
  allow_preview     boolean      NOT NULL,
  require_login     boolean      NOT NULL,
  view_count        integer      NOT NULL,
  download_count    integer      NOT NULL,
  is_active         boolean      NOT NULL,
  access_log        jsonb,

  id                uuid         PRIMARY KEY,
  created_at        timestamptz  NOT NULL DEFAULT now(),
  updated_at        timestamptz  NOT NULL DEFAULT now(),
  deleted_at        timestamptz,
  is_deleted        boolean      NOT NULL,
  status            varchar(20)  NOT NULL,
  created_by        varchar(255),
  updated_by        varchar(255),
  version           integer      NOT NULL
);
CREATE INDEX idx_file_shares_file_id ON file_shares (file_id);
CREATE INDEX idx_file_shares_shared_by ON file_shares (shared_by);
CREATE INDEX idx_file_shares_token ON file_shares (share_token);
CREATE INDEX idx_file_shares_type ON file_shares (share_type);
CREATE INDEX idx_file_shares_expires_at ON file_shares (expires_at);
CREATE INDEX idx_file_shares_active ON file_shares (is_active);

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

-- Community
--
-- Forums, and what users think of it all.

-- A tree of forums.
CREATE TABLE forums (
  name             varchar(100) NOT NULL,
  slug             varchar(100) NOT NULL UNIQUE,
  description      text,
  forum_type       varchar(20)  NOT NULL,
  parent_id        uuid         REFERENCES forums (id) ON DELETE SET NULL,
  sort_order       integer      NOT NULL,
  is_public        boolean      NOT NULL,
  allow_topics     boolean      NOT NULL,
  allow_posts      boolean      NOT NULL,
  require_approval boolean      NOT NULL,
  moderators       jsonb,
  icon             varchar(100),
  color            varchar(7),
  banner_url       varchar(500),
  topic_count      integer      NOT NULL,
  post_count       integer      NOT NULL,
  last_activity_at timestamptz,

  id               uuid         PRIMARY KEY,
  created_at       timestamptz  NOT NULL DEFAULT now(),
  updated_at       timestamptz  NOT NULL DEFAULT now(),
  deleted_at       timestamptz,
  is_deleted       boolean      NOT NULL,
  status           varchar(20)  NOT NULL,
  created_by       varchar(255),
  updated_by       varchar(255),
  version          integer      NOT NULL,
  metadata         jsonb,
  tags             jsonb,

  CONSTRAINT check_forum_name_length CHECK (length(name) BETWEEN 1 AND 100),
  CONSTRAINT check_forum_color_format CHECK (color IS NULL OR color ~ '^#[0-9A-Fa-f]{6}$')
);
CREATE INDEX idx_forums_slug ON forums (slug);
CREATE INDEX idx_forums_type ON forums (forum_type);
CREATE INDEX idx_forums_parent_id ON forums (parent_id);
CREATE INDEX idx_forums_public ON forums (is_public);

-- A thread in a forum.
CREATE TABLE topics (
  forum_id          uuid         NOT NULL REFERENCES forums (id) ON DELETE CASCADE,
  title             varchar(200) NOT NULL,
  slug              varchar(200) NOT NULL,
  description       text,
  author_id         uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  topic_status      varchar(20)  NOT NULL,
  is_sticky         boolean      NOT NULL,
  is_locked         boolean      NOT NULL,
  is_featured       boolean      NOT NULL,
  tags              jsonb,
  view_count        integer      NOT NULL,
  post_count        integer      NOT NULL,
  like_count        integer      NOT NULL,
  follow_count      integer      NOT NULL,
  last_post_at      timestamptz,
  last_post_user_id uuid         REFERENCES users (id) ON DELETE SET NULL,

  id                uuid         PRIMARY KEY,
  created_at        timestamptz  NOT NULL DEFAULT now(),
  updated_at        timestamptz  NOT NULL DEFAULT now(),
  deleted_at        timestamptz,
  is_deleted        boolean      NOT NULL,
  status            varchar(20)  NOT NULL,
  created_by        varchar(255),
  updated_by        varchar(255),
  version           integer      NOT NULL,
  metadata          jsonb,

  CONSTRAINT uk_topics_forum_slug UNIQUE (forum_id, slug),
  CONSTRAINT check_topic_title_length CHECK (length(title) BETWEEN 1 AND 200)
);
CREATE INDEX idx_topics_forum_id ON topics (forum_id);
CREATE INDEX idx_topics_slug ON topics (slug);
CREATE INDEX idx_topics_author_id ON topics (author_id);
CREATE INDEX idx_topics_status ON topics (topic_status);
CREATE INDEX idx_topics_sticky ON topics (is_sticky);
CREATE INDEX idx_topics_featured ON topics (is_featured);
CREATE INDEX idx_topics_last_post_at ON topics (last_post_at);

-- A post in a thread; replies point at the one they answer.
CREATE TABLE posts (
  topic_id         uuid         NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  title            varchar(200),
  content          text         NOT NULL,
  content_html     text,
  author_id        uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  post_type        varchar(20)  NOT NULL,
  post_status      varchar(20)  NOT NULL,
  parent_id        uuid         REFERENCES posts (id) ON DELETE SET NULL,
  reply_to_user_id uuid         REFERENCES users (id) ON DELETE SET NULL,
  is_anonymous     boolean      NOT NULL,
  allow_comments   boolean      NOT NULL,
  attachments      jsonb,
  images           jsonb,
  edit_count       integer      NOT NULL,
  last_edited_at   timestamptz,
  last_edited_by   uuid         REFERENCES users (id) ON DELETE SET NULL,
  edit_reason      varchar(500),
  view_count       integer      NOT NULL,
  like_count       integer      NOT NULL,
  comment_count    integer      NOT NULL,
  published_at     timestamptz,

  id               uuid         PRIMARY KEY,
  created_at       timestamptz  NOT NULL DEFAULT now(),
  updated_at       timestamptz  NOT NULL DEFAULT now(),
  deleted_at       timestamptz,
  is_deleted       boolean      NOT NULL,
  status           varchar(20)  NOT NULL,
  created_by       varchar(255),
  updated_by       varchar(255),
  version          integer      NOT NULL,
  metadata         jsonb,
  tags             jsonb
);
CREATE INDEX idx_posts_topic_id ON posts (topic_id);
CREATE INDEX idx_posts_author_id ON posts (author_id);
CREATE INDEX idx_posts_type ON posts (post_type);
CREATE INDEX idx_posts_status ON posts (post_status);
CREATE INDEX idx_posts_parent_id ON posts (parent_id);
CREATE INDEX idx_posts_published_at ON posts (published_at);
CREATE INDEX idx_posts_created_at ON posts (created_at);

-- A comment under a post; answers go with the comment they belong to.
CREATE TABLE comments (
  post_id          uuid         NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  content          text         NOT NULL,
  author_id        uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  parent_id        uuid         REFERENCES comments (id) ON DELETE CASCADE,
  reply_to_user_id uuid         REFERENCES users (id) ON DELETE SET NULL,
  comment_status   varchar(20)  NOT NULL,
  is_anonymous     boolean      NOT NULL,
  is_edited        boolean      NOT NULL,
  edited_at        timestamptz,
  like_count       integer      NOT NULL,

  id               uuid         PRIMARY KEY,
  created_at       timestamptz  NOT NULL DEFAULT now(),
  updated_at       timestamptz  NOT NULL DEFAULT now(),
  deleted_at       timestamptz,
  is_deleted       boolean      NOT NULL,
  status           varchar(20)  NOT NULL,
  created_by       varchar(255),
  updated_by       varchar(255),
  version          integer      NOT NULL
);
CREATE INDEX idx_comments_post_id ON comments (post_id);
CREATE INDEX idx_comments_author_id ON comments (author_id);
CREATE INDEX idx_comments_parent_id ON comments (parent_id);
CREATE INDEX idx_comments_status ON comments (comment_status);
CREATE INDEX idx_comments_created_at ON comments (created_at);

-- A like by a user, of anything that has an id.
CREATE TABLE likes (
  user_id     uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  target_type varchar(20)  NOT NULL,
  target_id   uuid         NOT NULL,
  like_type   varchar(20)  NOT NULL,

  id          uuid         PRIMARY KEY,
  created_at  timestamptz  NOT NULL DEFAULT now(),
  updated_at  timestamptz  NOT NULL DEFAULT now(),
  deleted_at  timestamptz,
  is_deleted  boolean      NOT NULL,
  status      varchar(20)  NOT NULL,
  created_by  varchar(255),
  updated_by  varchar(255),
  version     integer      NOT NULL,

  CONSTRAINT uk_likes_unique UNIQUE (user_id, target_type, target_id)
);
CREATE INDEX idx_likes_user_id ON likes (user_id);
CREATE INDEX idx_likes_target ON likes (target_type, target_id);
CREATE INDEX idx_likes_type ON likes (like_type);

-- A user who wants to hear of a target: a user, an adapter, a topic, ...
CREATE TABLE follows (
  follower_id      uuid         NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  target_type      varchar(20)  NOT NULL,
  target_id        uuid         NOT NULL,
  notify_on_update boolean      NOT NULL,
  notify_on_reply  boolean      NOT NULL,

  id               uuid         PRIMARY KEY,
  created_at       timestamptz  NOT NULL DEFAULT now(),
  updated_at       timestamptz  NOT NULL DEFAULT now(),
  deleted_at       timestamptz,
  is_deleted       boolean      NOT NULL,
  status           varchar(20)  NOT NULL,
  created_by       varchar(255),
  updated_by       varchar(255),
  version          integer      NOT NULL,

  CONSTRAINT uk_follows_unique UNIQUE (follower_id, target_type, target_id)
);
CREATE INDEX idx_follows_follower_id ON follows (follower_id);
CREATE INDEX idx_follows_target ON follows (target_type, target_id);

-- zishu:downgrade
-- The other way round: nothing is dropped while something still points at it.

-- Community
DROP TABLE follows;
DROP TABLE likes;
DROP TABLE comments;
DROP TABLE posts;
DROP TABLE topics;
DROP TABLE forums;

-- Packaging
DROP TABLE build_logs;
DROP TABLE build_artifacts;
DROP TABLE packaging_tasks;
DROP TABLE package_templates;

-- Files
DROP TABLE file_shares;
DROP TABLE file_permissions;
DROP TABLE file_versions;
DROP TABLE files;

-- Workflows
DROP TABLE workflow_executions;
DROP TABLE workflow_edges;
DROP TABLE workflow_nodes;
DROP TABLE workflows;
DROP TABLE workflow_templates;

-- Conversations
DROP TABLE message_attachments;
DROP TABLE messages;
DROP TABLE conversation_contexts;
DROP TABLE conversation_participants;
DROP TABLE conversations;

-- Characters
DROP TABLE character_voices;
DROP TABLE character_personalities;
DROP TABLE character_models;
DROP TABLE character_expressions;
DROP TABLE characters;

-- Adapters
DROP TABLE adapter_ratings;
DROP TABLE adapter_downloads;
DROP TABLE adapter_dependencies;
DROP TABLE adapter_versions;
DROP TABLE adapters;
DROP TABLE adapter_categories;

-- Users
DROP TABLE user_sessions;
DROP TABLE user_permissions;
DROP TABLE user_preferences;
DROP TABLE user_profiles;
DROP TABLE users;
