package dev.fettle.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

/** Loads classes of some places woven, or as they are. */
final class WovenLoader extends URLClassLoader {
  private final boolean weave;
  private int woven;

  WovenLoader(URL[] places, boolean weave) {
    super(places, ClassLoader.getPlatformClassLoader());
    this.weave = weave;
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
      byte[] result = weave ? ClassWeaver.weave(bytes, Map.of()).bytes() : null;
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
