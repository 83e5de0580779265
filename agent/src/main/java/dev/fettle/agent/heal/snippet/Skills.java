package dev.fettle.agent.heal.snippet;

import dev.fettle.vet.SkillCalls;
import dev.fettle.vet.SkillMethod;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the application registered for snippets. Thread-safe. */
public interface Skills extends SkillCalls {
  /** Nothing. */
  Skills NONE =
      new Skills() {
        @Override
        public Collection<SkillMethod> known(byte[] code) {
          return List.of();
        }

        @Override
        public @Nullable Object call(String skill, @Nullable Object[] arguments) {
          throw new IllegalArgumentException("no such skill: " + skill);
        }
      };

  /**
   * Methods that may be called.
   *
   * @param code class file of a snippet; classes that it names are looked at when they are not
   *     loaded yet
   */
  Collection<SkillMethod> known(byte[] code);
}
