-- CreateTable
CREATE TABLE "handoff" (
    "id" UUID NOT NULL,
    "conversation_id" UUID,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "risk" SMALLINT NOT NULL,
    "status" TEXT NOT NULL,
    "move" INTEGER NOT NULL DEFAULT 0,
    "staff_id" UUID,
    "offered_to" UUID,
    "given_back_by" UUID,
    "consent" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3),
    "live_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_why" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "quiet" BOOLEAN NOT NULL DEFAULT false,
    "awaits" TEXT,
    "nudged" BOOLEAN NOT NULL DEFAULT false,
    "where" BYTEA,
    "asked" BYTEA,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "heard" INTEGER NOT NULL DEFAULT 0,
    "read" INTEGER NOT NULL DEFAULT 0,
    "settled" BOOLEAN NOT NULL DEFAULT false,
    "survey" TEXT,

    CONSTRAINT "handoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handoff_line" (
    "handoff_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "staff_id" UUID,
    "outbox_id" UUID,
    "key" TEXT,
    "content" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handoff_line_pkey" PRIMARY KEY ("handoff_id","n")
);

-- CreateTable
CREATE TABLE "handoff_note" (
    "id" BIGSERIAL NOT NULL,
    "handoff_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handoff_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_record" (
    "handoff_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_record_pkey" PRIMARY KEY ("handoff_id")
);

-- CreateTable
CREATE TABLE "handoff_news" (
    "id" BIGSERIAL NOT NULL,
    "handoff_id" UUID NOT NULL,
    "move" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "where" BYTEA NOT NULL,

    CONSTRAINT "handoff_news_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat" (
    "staff_id" UUID NOT NULL,
    "presence" TEXT NOT NULL DEFAULT 'away',
    "here_until" TIMESTAMPTZ(3) NOT NULL,
    "free_since" TIMESTAMPTZ(3) NOT NULL,
    "hard_in_a_row" SMALLINT NOT NULL DEFAULT 0,
    "cool_until" TIMESTAMPTZ(3),
    "debrief" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "closing" (
    "id" BIGSERIAL NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID NOT NULL,

    CONSTRAINT "closing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block" (
    "conversation_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateIndex
CREATE INDEX "handoff_conversation_id_idx" ON "handoff"("conversation_id");

-- CreateIndex
CREATE INDEX "handoff_due" ON "handoff"("due_at") WHERE (status <> 'ended');

-- CreateIndex
CREATE INDEX "handoff_queue" ON "handoff"("risk" DESC, "queued_at", "id") WHERE (status = 'queued');

-- CreateIndex
CREATE INDEX "handoff_held" ON "handoff"("staff_id") WHERE (status in ('claimed', 'live', 'transferring'));

-- CreateIndex
CREATE INDEX "handoff_asked_at_idx" ON "handoff"("asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "handoff_open" ON "handoff"("conversation_id") WHERE (status <> 'ended');

-- CreateIndex
CREATE INDEX "handoff_line_outbox" ON "handoff_line"("outbox_id") WHERE (outbox_id is not null);

-- CreateIndex
CREATE UNIQUE INDEX "handoff_line_handoff_id_key_key" ON "handoff_line"("handoff_id", "key");

-- CreateIndex
CREATE INDEX "handoff_note_handoff_id_idx" ON "handoff_note"("handoff_id");
