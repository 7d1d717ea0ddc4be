import { parking } from './parking.ts';
import { pct } from './pct.ts';
import { lenientReplay, replay } from './replay.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { uniform } from './uniform.ts';

/** All strategies; a run names one by its index here. New ones are added at the end. */
export const strategies: readonly Strategy[] = [replay, lenientReplay, uniform, roundRobin, pct, parking];

/** The index of a strategy. */
export const strategyIndex = (strategy: Strategy): number => strategies.indexOf(strategy);
