using Bunit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Dashboards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.Components;

public sealed class DashboardGridTests : BunitContext
{
    [Fact]
    public void Editing_ScriptDoesNotListenYet_ShowsNoHandleThatWouldSwallowAKey()
    {
        var script = new PendingScript();
        Services.AddSingleton<IJSRuntime>(script);

        var grid = Render<DashboardGrid>(parameters => parameters
            .Add(static p => p.Panels, [new DashboardPanel { Id = "one", Kind = PanelKind.Stat, Series = ["cpu.usage"], W = 3, H = 4 }])
            .Add(static p => p.Editing, true)
            .Add(static p => p.Body, static _ => "<p>body</p>")
            .Add(static p => p.Change, static _ => Task.FromResult<Dashboard?>(null)));

        Assert.Empty(grid.FindAll("[data-handle]"));
        script.Attach();
        grid.WaitForAssertion(() => Assert.Equal(2, grid.FindAll("[data-handle]").Count));
    }
}
