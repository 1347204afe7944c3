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
