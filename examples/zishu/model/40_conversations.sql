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
