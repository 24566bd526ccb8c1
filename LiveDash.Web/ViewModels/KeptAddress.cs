using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.ViewModels;

/// <summary>Keeps what a page shows in its address, so that a reload, a bookmark and whoever is sent it show the same. For the circuit's own thread.</summary>
public static class KeptAddress
{
    /// <summary>Writes parameters into the address in the place of the page before, without a step back to it; an empty one is taken out.</summary>
    public static void Keep(this NavigationManager navigation, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var written = new Dictionary<string, object?>(parameters.Length);
        foreach (var (name, value) in parameters) written[name] = string.IsNullOrWhiteSpace(value) ? null : value;
        var address = navigation.GetUriWithQueryParameters(written);
        if (address != navigation.Uri) navigation.NavigateTo(address, replace: true);
    }
}
