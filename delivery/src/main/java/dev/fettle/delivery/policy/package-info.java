/** What a team allows Fettle: {@code .fettle.yml} and the shipped templates. */
@NullMarked
package dev.fettle.delivery.policy;

import org.jspecify.annotations.NullMarked;
