using Microsoft.Extensions.Configuration;

namespace LiveDash.Core.Configuration;

/// <summary>
/// Where everything that outlives the process is kept: the setting <c>LiveDash:DataDirectory</c>, or where it is empty
/// <c>LiveDash</c> in the user's own data directory (<c>~/.local/share</c>, <c>%LOCALAPPDATA%</c>), or <c>data</c> beside the program
/// for a user without a home. Immutable, so safe on any thread; made readable by its owner alone where the system knows such a thing.
/// </summary>
public sealed class DataDirectory
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "LiveDash:DataDirectory";

    /// <summary>Finds the directory and makes it if it is not there.</summary>
    /// <exception cref="SettingsException">It cannot be made or is not a directory.</exception>
    public DataDirectory(IConfiguration configuration)
    {
        var asked = configuration[Setting];
        Path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(asked) ? Default() : asked.Trim());
        Make(Path);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The full path of a directory in it, which is made if it is not there.</summary>
    /// <exception cref="SettingsException">It cannot be made.</exception>
    public string Subdirectory(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Make(path);
        return path;
    }

    private static string Default()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? System.IO.Path.Combine(home, "LiveDash")
            : System.IO.Path.Combine(AppContext.BaseDirectory, "data");
    }

    private static void Make(string path)
    {
        try
        {
            if (Directory.Exists(path)) return;
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{Setting} is '{path}', which cannot be made or used: {exception.Message} Name a directory that may be written."]);
        }
    }
}
