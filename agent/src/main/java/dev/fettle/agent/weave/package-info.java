/**
 * Changes classes as they are loaded: handlers in application methods, hooks in the containers and
 * logging libraries. Never loads a class, never computes a frame.
 */
@NullMarked
package dev.fettle.agent.weave;

import org.jspecify.annotations.NullMarked;
