/** Templates for arguments that are not the ones meant. */
@NullMarked
package dev.fettle.templates.arguments;

import org.jspecify.annotations.NullMarked;
