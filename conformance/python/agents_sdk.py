"""OpenAI's Agents SDK: one run with a tool, streamed."""

import asyncio

import openai
from agents import Agent, ModelSettings, OpenAIChatCompletionsModel, OpenAIResponsesModel, RunConfig, Runner, function_tool
from openai.types.shared import Reasoning


class Agents:
    def __init__(self, url):
        self.url = url

    def responses(self, case, seen):
        asyncio.run(self._run(OpenAIResponsesModel, case, seen, ModelSettings(reasoning=Reasoning(effort="low", summary="auto"))))

    def unkept(self, case, seen):
        """With the reasoning sent along, sealed."""
        settings = ModelSettings(reasoning=Reasoning(effort="low", summary="auto"), store=False, response_include=["reasoning.encrypted_content"])
        asyncio.run(self._run(OpenAIResponsesModel, case, seen, settings))

    def chat(self, case, seen):
        asyncio.run(self._run(OpenAIChatCompletionsModel, case, seen, ModelSettings(include_usage=True)))

    async def _run(self, model, case, seen, settings):
        seen.ran = []

        @function_tool
        def append_line(line: str) -> str:
            seen.ran.append(line)
            return "done"

        async with openai.AsyncOpenAI(base_url=self.url + "/v1", api_key="none", max_retries=0, timeout=30) as client:
            agent = Agent(name="scribe", model=model(case["model"], client), model_settings=settings, tools=[append_line])
            run = Runner.run_streamed(agent, case["say"], run_config=RunConfig(tracing_disabled=True))
            async for event in run.stream_events():
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                    seen.text += event.data.delta
            seen.report = run.final_output
