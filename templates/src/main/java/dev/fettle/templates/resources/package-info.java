/** Templates for resources that are never given back. */
@NullMarked
package dev.fettle.templates.resources;

import org.jspecify.annotations.NullMarked;
