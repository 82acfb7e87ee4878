import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { PrismaPg } from "@prisma/adapter-pg"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import type { SchemaEngine } from "@prisma/schema-engine-wasm"

/**
 * Prisma's schema engine as WebAssembly, on one database. It is the engine that `prisma migrate` downloads as a
 * binary; this one comes with the packages. Free it with `free()`.
 */
export async function openSchemaEngine(connectionString: string): Promise<SchemaEngine> {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg")
  const wasm = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm")
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  })
  const glue = bindings as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }
  glue.__wbg_set_wasm(instance.exports)
  const begin = instance.exports["__wbindgen_start"] as () => void
  begin()
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }))
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
}
