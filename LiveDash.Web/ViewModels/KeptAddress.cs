using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.ViewModels;

/// <summary>Keeps what a page shows in its address, so that a reload, a bookmark and whoever is sent it show the same. For the circuit's own thread.</summary>
public static class KeptAddress
{
    private static readonly ConditionalWeakTable<NavigationManager, Asked> s_asked = [];

    /// <summary>Writes parameters into the address in the place of the page before, without a step back to it; an empty one is taken out.</summary>
    public static void Keep(this NavigationManager navigation, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var written = new Dictionary<string, object?>(parameters.Length);
        foreach (var (name, value) in parameters) written[name] = string.IsNullOrWhiteSpace(value) ? null : value;
        navigation.Keep(written, replace: true);
    }

    /// <summary>Writes parameters into the address; what was written a moment ago, and what the browser has not answered yet, stays.</summary>
    /// <returns>The address asked for; null where nothing changes.</returns>
    public static string? Keep(this NavigationManager navigation, IReadOnlyDictionary<string, object?> parameters, bool replace)
    {
        var asked = s_asked.GetValue(navigation, static from => new Asked(from));
        var before = asked.Address is { } waiting && Asked.PathOf(waiting) == Asked.PathOf(navigation.Uri) ? waiting : navigation.Uri;
        var address = navigation.GetUriWithQueryParameters(before, parameters);
        if (address == before) return null;
        asked.Address = address;
        navigation.NavigateTo(address, replace: replace);
        return address;
    }

    // The newest address that was asked for and that the browser has not come to.
    private sealed class Asked
    {
        public Asked(NavigationManager navigation) => navigation.LocationChanged += (_, changed) =>
        {
            if (Address is not null && (changed.Location == Address || PathOf(changed.Location) != PathOf(Address))) Address = null;
        };

        public string? Address { get; set; }

        public static string PathOf(string address) => address.Split('?', 2)[0];
    }
}
