using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security;

/// <summary>Origins whose pages may show walls and share links in a frame, from <c>LiveDash:Security:FrameAncestors</c>; every other page of the app is shown in no frame at all.</summary>
internal static class FrameOrigins
{
    /// <summary>Reads the setting.</summary>
    /// <returns>Origins as a browser writes them: scheme, host and port, in small letters.</returns>
    /// <exception cref="SettingsException">One is no origin.</exception>
    public static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        var setting = $"{SecurityOptions.Section}:FrameAncestors";
        return [.. (configuration.GetSection(setting).Get<string[]>() ?? []).Select(text => Origin(setting, text)).Distinct()];
    }

    /// <summary>Whether a page may stand in a frame of the origins listed.</summary>
    public static bool Takes(PathString path) => path.StartsWithSegments("/wall") || path.StartsWithSegments("/share");

    // What is not an origin could say anything in the policy, and a header holds ASCII alone.
    private static string Origin(string setting, string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "", HostNameType: not UriHostNameType.Unknown and not UriHostNameType.Basic }
            ? $"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}".ToLowerInvariant()
            : throw new SettingsException([$"{setting}: '{text}' is no origin; write scheme, host and port alone, such as https://intranet.example.org."]);
}
