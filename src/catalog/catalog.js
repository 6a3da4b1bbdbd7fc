"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gpuModel = gpuModel;
exports.instanceType = instanceType;
exports.instanceTypesWith = instanceTypesWith;
const gpu_models_1 = require("./gpu-models");
const instance_types_1 = require("./instance-types");
const MODELS = new Map(gpu_models_1.GPU_MODELS.map((entry) => [entry.key, entry]));
const TYPES = new Map(instance_types_1.INSTANCE_TYPES.map((entry) => [entry.name, entry]));
/** A GPU model by its key; an entry of the caller's own stands in for that of the catalogue. */
function gpuModel(key, own = []) {
    return own.find((entry) => entry.key === key) ?? MODELS.get(key);
}
/** A machine type by its name; an entry of the caller's own stands in for that of the catalogue. */
function instanceType(name, own = []) {
    return own.find((entry) => entry.name === name) ?? TYPES.get(name);
}
/**
 * Machine types with whole GPUs of one model, at least so many, the smallest and then the cheapest first; of one size
 * those without a known price last. Entries of the caller's own stand in for those of the catalogue.
 */
function instanceTypesWith(modelKey, gpus = 1, own = []) {
    const replaced = new Set(own.map(({ name }) => name));
    return [...own, ...instance_types_1.INSTANCE_TYPES.filter(({ name }) => !replaced.has(name))]
        .filter((entry) => entry.gpuModel === modelKey && entry.gpus >= gpus && entry.gpuFraction === undefined)
        .sort((a, b) => a.gpus - b.gpus || price(a) - price(b) || (a.name < b.name ? -1 : 1));
}
function price({ hourlyPriceUsd }) {
    return hourlyPriceUsd ?? Number.MAX_VALUE; // not Infinity: two unknown prices must compare as equal
}
