using System.Reflection;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Plots.Cairo;

/// <summary>Finds libcairo on this machine, once. All members are thread-safe.</summary>
public static class CairoLibrary
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["libcairo-2.dll", "cairo-2.dll", "cairo.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libcairo.2.dylib", "/opt/homebrew/lib/libcairo.2.dylib", "/usr/local/lib/libcairo.2.dylib"]
            : ["libcairo.so.2", "libcairo.so"];

    private static readonly nint Loaded = Load();

    /// <summary>What to do where the library is missing.</summary>
    public const string HowToInstall =
        "Plots need the library cairo. Debian or Ubuntu: apt-get install libcairo2 fonts-dejavu-core; macOS: brew install cairo; "
        + "Windows: install GTK 3 or MSYS2's mingw-w64-x86_64-cairo and put its bin folder on PATH. Then submit the job again.";

    /// <summary>True when the library is there.</summary>
    public static bool IsAvailable => Loaded != 0;

    /// <summary>Throws where the library is missing.</summary>
    /// <exception cref="PlotException">It is not there; the message says what to install.</exception>
    public static void Require()
    {
        if (!IsAvailable) throw new PlotException(HowToInstall);
    }

    private static nint Load()
    {
        var found = TryLoad();
        NativeLibrary.SetDllImportResolver(typeof(CairoLibrary).Assembly, (name, _, _) => name == CairoNative.Library ? found : 0);
        return found;
    }

    private static nint TryLoad()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var handle)) return handle;
        }

        return 0;
    }
}
