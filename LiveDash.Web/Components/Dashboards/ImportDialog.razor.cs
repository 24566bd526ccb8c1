using System.Text;
using LiveDash.Core.Configuration.Dashboards;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Takes a dashboard as JSON, from a file or pasted, and names the field of every error.</summary>
public sealed partial class ImportDialog : ComponentBase
{
    private const string Example = """{"name": "Web", "panels": [{"id": "a", "kind": "chart", "series": ["cpu.*"]}]}""";
    private IReadOnlyList<DashboardError> _errors = [];
    private string _text = "";

    /// <summary>The valid dashboard; its id is to be replaced.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Dashboard> OnImport { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        if (change.File.Size > DashboardJson.MaxBytes)
        {
            _errors = [new("", $"The file is larger than {DashboardJson.MaxBytes / 1024} KiB.")];
            return;
        }

        using var reader = new StreamReader(change.File.OpenReadStream(DashboardJson.MaxBytes), Encoding.UTF8);
        _text = await reader.ReadToEndAsync();
        _errors = [];
    }

    private async Task SaveAsync()
    {
        var dashboard = DashboardJson.Read(Encoding.UTF8.GetBytes(_text), "imported", out _errors);
        if (dashboard is not null) await OnImport.InvokeAsync(dashboard);
    }
}
