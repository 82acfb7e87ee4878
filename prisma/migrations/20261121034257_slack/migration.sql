-- CreateTable
CREATE TABLE "slack_link" (
    "staff_id" UUID NOT NULL,
    "slack_user" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slack_link_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "slack_invitation" (
    "hash" TEXT NOT NULL,
    "slack_user" TEXT NOT NULL,
    "slack_name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slack_invitation_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "slack_card" (
    "handoff_id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "live_from" TEXT,
    "live_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "slack_card_pkey" PRIMARY KEY ("handoff_id")
);

-- CreateTable
CREATE TABLE "slack_post" (
    "handoff_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "part" SMALLINT NOT NULL,
    "ts" TEXT,
    "attempted_at" TIMESTAMPTZ(3) NOT NULL,
    "shown" TEXT NOT NULL,

    CONSTRAINT "slack_post_pkey" PRIMARY KEY ("handoff_id","line","part")
);

-- CreateTable
CREATE TABLE "slack_said" (
    "handoff_id" UUID NOT NULL,
    "ts" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "done" BOOLEAN NOT NULL DEFAULT false,
    "why" TEXT,
    "line_id" TEXT,
    "mark" TEXT,
    "notice" TEXT,
    "noticed" TEXT,

    CONSTRAINT "slack_said_pkey" PRIMARY KEY ("handoff_id","ts")
);

-- CreateTable
CREATE TABLE "slack_turn" (
    "id" SMALLINT NOT NULL,
    "process" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slack_turn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "slack_link_slack_user_key" ON "slack_link"("slack_user");

-- CreateIndex
CREATE INDEX "slack_post_ts_idx" ON "slack_post"("ts");

-- AddForeignKey
ALTER TABLE "slack_link" ADD CONSTRAINT "slack_link_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slack_post" ADD CONSTRAINT "slack_post_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "slack_card"("handoff_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slack_said" ADD CONSTRAINT "slack_said_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "slack_card"("handoff_id") ON DELETE CASCADE ON UPDATE CASCADE;
