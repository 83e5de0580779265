/** What a laboratory child and the server that started it say to each other. */
@NullMarked
package dev.fettle.lab.protocol;

import org.jspecify.annotations.NullMarked;
