package dev.fettle.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that statements of this package, class or method may be healed when they fail unexpectedly.
 * Where any class of an application says so, only those that do are healed. {@link NeverHeal}
 * nearer to the statement wins, and so does what an operator forbids.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Healable {
  /** How far healing may go here; never further than the operator allows. */
  Rung value() default Rung.TYPED;

  /** How far healing may go. */
  enum Rung {
    /** Built-in remedies. */
    TYPED,
    /** Also verified snippets over copies of plain values. */
    CONTAINED,
    /** Also snippets over live state. */
    FULL
  }
}
