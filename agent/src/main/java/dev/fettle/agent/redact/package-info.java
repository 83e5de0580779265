/** Withholds secrets and personal data by name, type and value before anything is queued. */
@NullMarked
package dev.fettle.agent.redact;

import org.jspecify.annotations.NullMarked;
