package dev.fettle.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

/** Loads classes of some places woven, or as they are. */
final class WovenLoader extends URLClassLoader {
  /** What becomes of classes. */
  enum How {
    PLAIN,
    OBSERVED,
    HEALABLE
  }

  private final How how;
  private int woven;

  WovenLoader(URL[] places, How how) {
    super(places, ClassLoader.getPlatformClassLoader());
    this.how = how;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("dev.fettle.boot.")) {
      return Class.forName(name, false, WovenLoader.class.getClassLoader());
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] result =
          how == How.PLAIN ? null : ClassWeaver.weave(bytes, Map.of(), how == How.HEALABLE).bytes();
      if (result != null) {
        woven++;
        bytes = result;
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  int woven() {
    return woven;
  }
}
