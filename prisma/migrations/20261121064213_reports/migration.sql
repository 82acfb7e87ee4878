-- CreateTable
CREATE TABLE "officer_key" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "retired" DATE,

    CONSTRAINT "officer_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake" (
    "id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "intake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "sealed" BYTEA,
    "keys" UUID[],
    "status" TEXT NOT NULL DEFAULT 'new',
    "consents" BYTEA,
    "selector" UUID,
    "verifier" BYTEA,
    "keep_until" DATE NOT NULL,
    "coding" BYTEA,
    "counted" TEXT,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_addition" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "sealed" BYTEA NOT NULL,
    "keys" UUID[],
    "seen" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "report_addition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_answer" (
    "id" BIGSERIAL NOT NULL,
    "report_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,
    "read" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "report_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story" (
    "id" UUID NOT NULL,
    "report_id" UUID,
    "status" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "province" TEXT NOT NULL,
    "when" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "written_by" UUID NOT NULL,
    "reviewed_by" UUID,
    "published" DATE,

    CONSTRAINT "story_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" TEXT NOT NULL,
    "cut_on" DATE NOT NULL,
    "tables" JSONB NOT NULL,
    "tallies" BYTEA NOT NULL,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "officer_key_recipient_key" ON "officer_key"("recipient");

-- CreateIndex
CREATE INDEX "officer_key_staff_id_idx" ON "officer_key"("staff_id");

-- CreateIndex
CREATE INDEX "report_selector" ON "report"("selector") WHERE (selector is not null);

-- CreateIndex
CREATE INDEX "report_inbox" ON "report"("month" DESC, "id");

-- CreateIndex
CREATE INDEX "report_age" ON "report"("keep_until") WHERE (sealed is not null);

-- CreateIndex
CREATE INDEX "report_addition_report_id_idx" ON "report_addition"("report_id");

-- CreateIndex
CREATE INDEX "report_answer_report_id_idx" ON "report_answer"("report_id");

-- CreateIndex
CREATE UNIQUE INDEX "story_report_id_key" ON "story"("report_id");
