/** What the agent costs a service in which nothing fails. */
@NullMarked
package dev.fettle.bench.overhead;

import org.jspecify.annotations.NullMarked;
