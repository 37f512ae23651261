"""The gateway's configuration for the suites: a group for every way to break, each with a good fallback or alone."""

FAULTS = ["cut-1", "cut-20", "cut-59", "end-20", "stall-20", "error-1", "error-20"]
TOOL_FAULTS = ["tool-cut", "tool-between", "tool-done"]
ALONE = ["cut-20", "busy"]


def config(port):
    models = [f"  - {{model_name: {m}, litellm_params: {{model: openai/{m}, api_key: none, api_base: 'http://127.0.0.1:{port}/v1'}}}}"
              for m in FAULTS + TOOL_FAULTS + ["busy", "good"]]
    models += [f"  - {{model_name: alone-{m}, litellm_params: {{model: openai/{m}, num_retries: 0, api_key: none, api_base: 'http://127.0.0.1:{port}/v1'}}}}"
               for m in ALONE]
    fallbacks = ", ".join(f"{{{m}: [good]}}" for m in FAULTS + TOOL_FAULTS)
    return "\n".join(["model_list:", *models, "router_settings:", f"  fallbacks: [{fallbacks}]", "  idle_timeout: 0.5",
                      "  disable_cooldowns: true", ""])
