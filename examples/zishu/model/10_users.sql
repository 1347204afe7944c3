-- Zishu's schema as it should be: the files of this directory, applied in name
-- order to an empty database, make it. To change the schema, change it here, and
-- have zishu_revision(..., autogenerate => true) write the migration.
--
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
