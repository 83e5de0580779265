package dev.fettle.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a static method that a remedy may call, such as a default price or a parser that is
 * kinder. Its parameters and result must be plain values: primitives, their boxes, strings, big
 * numbers, and lists, sets, maps and arrays of these. It must return soon, must not block and must
 * have no effect outside its result. Remedies call no other method of the application, unless full
 * healing is allowed.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Skill {
  /** Unique within the application: letters, digits and {@code -}. */
  String value();

  /** What it does, one line; shown to whoever proposes remedies. */
  String does() default "";
}
