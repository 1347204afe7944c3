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
