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
