namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>Which files may be followed: those below folders that the configuration's files list, and never through a link. Immutable.</summary>
internal sealed class FollowFolders(IEnumerable<string> folders)
{
    private readonly IReadOnlyList<string> _folders = [.. folders.Select(static folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))];

    /// <summary>Why a file may not be read, or null.</summary>
    public string? FaultOf(string path)
    {
        if (!Path.IsPathFullyQualified(path)) return "The path is a whole one, from the root.";
        var full = Path.GetFullPath(path);
        if (_folders.FirstOrDefault(folder => full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is not { } within)
        {
            return _folders.Count == 0
                ? "No folder is listed whose files may be followed: name some in appsettings.json under LiveDash:Follow:Folders."
                : $"Files may be followed below {string.Join(", ", _folders)} (LiveDash:Follow:Folders).";
        }

        for (var part = full; part.Length > within.Length; part = Path.GetDirectoryName(part)!)
        {
            if (File.Exists(part) || Directory.Exists(part))
            {
                if (new FileInfo(part).LinkTarget is not null) return $"{part} is a link; files are not followed through links.";
            }
        }

        return null;
    }
}
