using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>Asks for a time zone by name.</summary>
public sealed partial class ZoneDialog : ComponentBase
{
    private string? _zone;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    private static Task<IEnumerable<string?>> FindAsync(string? text, CancellationToken cancellation)
    {
        var wanted = (text ?? "").Trim().Replace(' ', '_');
        return Task.FromResult(ViewZone.Names.Where(name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(static name => (string?)name));
    }
}
