-- CreateTable
CREATE TABLE "event_guest" (
    "event" TEXT NOT NULL,
    "token" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_guest_pkey" PRIMARY KEY ("event","token")
);
