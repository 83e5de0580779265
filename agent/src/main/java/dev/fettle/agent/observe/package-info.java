/**
 * Watches failures unwind: which throwables are one occurrence, which were anticipated, what is
 * copied of them, and when one is complete.
 */
@NullMarked
package dev.fettle.agent.observe;

import org.jspecify.annotations.NullMarked;
