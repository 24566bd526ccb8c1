using LiveDash.Core;
using LiveDash.Web.Components;
using Radzen;

namespace LiveDash.Web;

/// <summary>Builds the whole application, for <c>Main</c> and for tests alike (which pass <c>--urls http://127.0.0.1:0</c>).</summary>
public static class LiveDashApp
{
    /// <summary>Builds the app without starting it.</summary>
    /// <param name="args">The command line, as any ASP.NET app takes it.</param>
    /// <param name="configure">Changes services last; what a test swaps, it swaps here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings file stands beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(LiveDashApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // Package assets are answered with 500 outside Development without this.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddLiveDashCore(builder.Configuration);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseStatusCodePages();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapOpenApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
