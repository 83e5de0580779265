/** The launchers of test frameworks, reached by reflection on the project's own jars. */
@NullMarked
package dev.fettle.lab.framework;

import org.jspecify.annotations.NullMarked;
