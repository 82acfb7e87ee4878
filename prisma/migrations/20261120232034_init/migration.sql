-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "flow_version" INTEGER NOT NULL,
    "state" BYTEA NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "conversation_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "provider_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("conversation_id","key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "turn" BIGINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "process" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "doubts" SMALLINT NOT NULL DEFAULT 0,
    "content" BYTEA,
    "provider_id" TEXT,
    "code" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timer" (
    "conversation_id" UUID NOT NULL,
    "turn" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("conversation_id","turn","name")
);

-- CreateTable
CREATE TABLE "parked" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "heard" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parked_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "process" (
    "id" UUID NOT NULL,
    "alive_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erased" (
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "erased_pkey" PRIMARY KEY ("day","kind")
);

-- CreateTable
CREATE TABLE "simulator_message" (
    "id" BIGSERIAL NOT NULL,
    "outbox_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "simulator_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delivery_at_idx" ON "delivery" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "outbox_unsent" ON "outbox"("conversation_id", "turn", "position") WHERE (status in ('waiting', 'unknown'));

-- CreateIndex
CREATE INDEX "outbox_held" ON "outbox"("process") WHERE (process is not null);

-- CreateIndex
CREATE INDEX "outbox_kept" ON "outbox"("conversation_id") WHERE (status = 'sent' and content is not null);

-- CreateIndex
CREATE INDEX "outbox_due" ON "outbox"("due_at") WHERE (process is null and status in ('waiting', 'unknown'));

-- CreateIndex
CREATE INDEX "timer_due_at_idx" ON "timer"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "simulator_message_outbox_id_key" ON "simulator_message"("outbox_id");

-- CreateIndex
CREATE INDEX "simulator_message_conversation_id_id_idx" ON "simulator_message"("conversation_id", "id");

-- Every turn changes its row in place, so room is left for it on the page.
ALTER TABLE "conversation" SET (fillfactor = 70);
