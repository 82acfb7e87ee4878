/**
 * A made-up name such as "lunar heron", by which staff know a contact. Pure: chance comes in, as bytes (four or more give
 * every name the same chance) or as a whole number. Every value gives a name; the same value gives the same one.
 */
export function madeUpName(chance: Uint8Array | number): string {
  const place =
    typeof chance === "number" ? ((Math.trunc(Number.isFinite(chance) ? chance : 0) % NAMES) + NAMES) % NAMES : chance.reduce((rest, byte) => (rest * 256 + byte) % NAMES, 0)
  return `${ADJECTIVES[place % ADJECTIVES.length]} ${ANIMALS[Math.floor(place / ADJECTIVES.length)]}`
}

// Words to say aloud in a room without harm: of no gender, skin, faith, party or temper, nobody's name, and far from each other in sound.
const ADJECTIVES = (
  "alpine arctic bamboo birch brisk calm canyon cedar cloudy clover coastal cobalt cosmic cotton lantern thistle " +
  "dappled dewy drifting floating frosty gentle gliding granite grassy harbour humming indigo lakeside lavender feathered lilac " +
  "lively lofty lunar magenta maple meadow mint moonlit morning nimble ocean orchard pebbled pewter polished quartz " +
  "rainy rippling rustic silver slate spotted steady striped sunlit tidal topaz tulip turquoise twilight velvet whistling"
).split(" ")

const ANIMALS = (
  "alpaca antelope armadillo avocet axolotl beetle bison bluebird bulbul bunting butterfly capybara caracal caribou chickadee chinchilla " +
  "chipmunk cicada condor cormorant cricket curlew dolphin dormouse dragonfly serval egret eland firefly flamingo gazelle gecko " +
  "gerbil giraffe goldfinch porpoise hamster hedgehog heron honeybee hoopoe hornbill ibex iguana impala jerboa kestrel koala " +
  "kudu lapwing lemur llama lobster lynx macaw mallard marmot meerkat mongoose narwhal nightingale kingfisher nuthatch ocelot " +
  "okapi oriole osprey otter panda pangolin pelican penguin pheasant pika platypus plover porcupine puffin quail quetzal " +
  "quokka reindeer sandpiper seahorse skylark sparrow spoonbill squirrel starfish tapir toucan turtle vicuna wagtail wombat zebra"
).split(" ")

const NAMES = ADJECTIVES.length * ANIMALS.length
