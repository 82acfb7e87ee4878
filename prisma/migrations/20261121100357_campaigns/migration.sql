-- CreateTable
CREATE TABLE "participant" (
    "id" BIGSERIAL NOT NULL,
    "campaign" TEXT NOT NULL,
    "conversation_id" UUID,
    "channel" TEXT NOT NULL,
    "where" BYTEA,
    "language" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "hour" SMALLINT NOT NULL,
    "neutral" BOOLEAN NOT NULL,
    "begins" DATE NOT NULL,
    "ends" DATE NOT NULL,
    "wording" INTEGER NOT NULL,
    "left_on" DATE,
    "left_why" TEXT,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_day" (
    "participant_id" BIGINT NOT NULL,
    "day" SMALLINT NOT NULL,
    "reminder" BOOLEAN NOT NULL DEFAULT false,
    "campaign" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "why" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "outbox_id" UUID,
    "returns" SMALLINT NOT NULL DEFAULT 0,
    "did" TEXT,

    CONSTRAINT "campaign_day_pkey" PRIMARY KEY ("participant_id","day","reminder")
);

-- CreateTable
CREATE TABLE "campaign_switch" (
    "campaign" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "laid" TIMESTAMPTZ(3) NOT NULL,
    "laying" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_switch_pkey" PRIMARY KEY ("campaign")
);

-- CreateTable
CREATE TABLE "campaign_count" (
    "campaign" TEXT NOT NULL,
    "day" SMALLINT NOT NULL,
    "channel" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "campaign_count_pkey" PRIMARY KEY ("campaign","day","channel","language","what")
);

-- CreateIndex
CREATE INDEX "participant_conversation_id_idx" ON "participant"("conversation_id");

-- CreateIndex
CREATE INDEX "participant_group" ON "participant"("campaign", "zone", "hour", "begins", "country");

-- CreateIndex
CREATE INDEX "participant_ends_idx" ON "participant"("ends");

-- CreateIndex
CREATE UNIQUE INDEX "participant_campaign_conversation_id_key" ON "participant"("campaign", "conversation_id");

-- CreateIndex
CREATE INDEX "campaign_day_due" ON "campaign_day"("campaign", "channel", "due_at") WHERE (status in ('due', 'held'));

-- CreateIndex
CREATE INDEX "campaign_day_open" ON "campaign_day"("outbox_id") WHERE (outbox_id is not null);
