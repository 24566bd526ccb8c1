namespace LiveDash.Core.Collections;

/// <summary>Keeps what was given in confidence from being shown back, and from going to another server than it was given for. Stateless.</summary>
public static class CollectionSecrets
{
    /// <summary>What stands for a user and password that were given and are not shown; given back it means the same.</summary>
    public const string Hidden = "***";

    /// <summary>The settings as they may be shown.</summary>
    public static CollectionSettings Hide(CollectionSettings settings) => settings with { Connections = [.. settings.Connections.Select(static one => one with { Address = Hide(one.Address) })] };

    /// <summary>Settings as somebody gave them back, with the secrets they had. What leads to another server gets none.</summary>
    public static CollectionSettings Restore(CollectionSettings given, CollectionSettings old) => given with
    {
        Connections =
        [
            .. given.Connections.Select(one => old.Connections.FirstOrDefault(other => other.Name == one.Name) is { } before && SameServer(one.Address, before.Address)
                ? one with { Address = one.Address.Replace("//" + Hidden + "@", Secret(before.Address), StringComparison.Ordinal) }
                : one),
        ],
    };

    private static string Hide(string address)
    {
        var (from, to) = UserInfo(address);
        return from < 0 ? address : address[..from] + Hidden + address[to..];
    }

    private static string Secret(string address)
    {
        var (from, to) = UserInfo(address);
        return from < 0 ? "//" : "//" + address[from..to] + "@";
    }

    private static bool SameServer(string given, string old) => Rest(given) == Rest(old);

    // Scheme and hosts: what a password was given for.
    private static string Rest(string address)
    {
        var (from, to) = UserInfo(address);
        var bare = from < 0 ? address : address[..from] + address[(to + 1)..];
        var hosts = bare.IndexOf("//", StringComparison.Ordinal);
        var end = hosts < 0 ? -1 : bare.AsSpan(hosts + 2).IndexOfAny('/', '?');
        return end < 0 ? bare : bare[..(hosts + 2 + end)];
    }

    private static (int From, int To) UserInfo(string address)
    {
        var from = address.IndexOf("//", StringComparison.Ordinal);
        var to = from < 0 ? -1 : address.LastIndexOf('@');
        return from < 0 || to < from ? (-1, -1) : (from + 2, to);
    }
}
